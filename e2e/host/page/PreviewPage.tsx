import type { PluginPageProps } from '@grafana/runtime';
import { Stack, Text } from '@grafana/ui';
import { useEffect } from 'react';
import { useLocation } from 'react-router-dom';

const TITLES: Record<string, string> = { chargeback: 'Chargeback', rates: 'Rates' };

/** A page's heading, subtitle and actions around its content. */
export function PreviewPage({ actions, subTitle, pageNav, children }: PluginPageProps) {
  const { pathname } = useLocation();
  const title = pageNav?.text ?? TITLES[pathname.split('/')[3] ?? ''] ?? 'Chargeback';
  useEffect(() => {
    document.title = `${title} – Chargeback preview`;
  }, [title]);
  return (
    <Stack direction="column" gap={2}>
      <Stack justifyContent="space-between" wrap="wrap">
        <div>
          <Text element="h1">{title}</Text>
          <Text color="secondary">{subTitle ?? ''}</Text>
        </div>
        <Stack>{actions}</Stack>
      </Stack>
      {children}
    </Stack>
  );
}
