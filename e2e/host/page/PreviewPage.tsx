import type { NavModelItem } from '@grafana/data';
import type { PluginPageProps } from '@grafana/runtime';
import { Stack, Tab, TabsBar, Text, TextLink } from '@grafana/ui';
import { useEffect } from 'react';
import { useLocation } from 'react-router-dom';

const TITLES: Record<string, string> = {
  chargeback: 'Chargeback',
  budgets: 'Budgets',
  rates: 'Rates',
  sources: 'Sources',
  history: 'History',
};

function parents(item: NavModelItem | undefined): NavModelItem[] {
  return item?.parentItem ? [...parents(item.parentItem), item.parentItem] : [];
}

/** A page's breadcrumbs, heading, subtitle, actions and tabs around its content. */
export function PreviewPage({ actions, subTitle, pageNav, renderTitle, children }: PluginPageProps) {
  const { pathname } = useLocation();
  const title = pageNav?.text ?? TITLES[pathname.split('/')[3] ?? ''] ?? 'Chargeback';
  const tabs = pageNav?.children ?? [];
  useEffect(() => {
    document.title = `${title} – Chargeback preview`;
  }, [title]);
  return (
    <Stack direction="column" gap={2}>
      {pageNav?.parentItem && (
        <nav aria-label="Breadcrumbs">
          <Stack gap={1}>
            {parents(pageNav).map(({ text, url }) => (
              <TextLink key={text} href={url ?? ''} inline={false}>
                {text}
              </TextLink>
            ))}
          </Stack>
        </nav>
      )}
      <Stack justifyContent="space-between" wrap="wrap">
        <div>
          {renderTitle ? renderTitle(title) : <Text element="h1">{title}</Text>}
          <Text color="secondary">{subTitle ?? pageNav?.subTitle ?? ''}</Text>
        </div>
        <Stack>{actions}</Stack>
      </Stack>
      {tabs.length > 0 && (
        <TabsBar>
          {tabs.map(({ text, url, active }) => (
            <Tab key={text} label={text} href={url} active={active} />
          ))}
        </TabsBar>
      )}
      {children}
    </Stack>
  );
}
