import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, RadioButtonGroup, Stack, Tab, TabsBar, Text, TextLink, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import { useLocation } from 'react-router-dom';
import { PAGES, PLUGIN_ID } from '../../../src/plugin/plugin-id';
import { boot, PEOPLE } from './boot';

const remember = (name: string, value: string) => {
  document.cookie = `${name}=${value}; path=/; SameSite=Strict`;
  window.location.reload();
};

/** The frame of the preview: its pages, who looks, and in which theme. */
export function Chrome({ children }: { children: ReactNode }) {
  const styles = useStyles2(getStyles);
  const { pathname } = useLocation();
  return (
    <div className={styles.frame}>
      <header className={styles.bar}>
        <Stack gap={3} alignItems="center" wrap="wrap">
          <Text weight="medium">Chargeback preview</Text>
          <nav aria-label="Pages">
            <Stack gap={2}>
              <TextLink href={PAGES.chargeback}>Chargeback</TextLink>
              <TextLink href={PAGES.budgets}>Budgets</TextLink>
              <TextLink href={PAGES.rates}>Rates</TextLink>
              <TextLink href={PAGES.ownership}>Sources</TextLink>
              <TextLink href={PAGES.history}>History</TextLink>
              {boot.user.role === 'Admin' && <TextLink href={PAGES.connection}>Configuration</TextLink>}
            </Stack>
          </nav>
          <RadioButtonGroup
            size="sm"
            aria-label="Look as"
            options={PEOPLE.map((value) => ({ value, label: value }))}
            value={boot.as}
            onChange={(user) => remember('preview-user', user)}
          />
          <Button
            size="sm"
            variant="secondary"
            onClick={() => remember('preview-theme', boot.theme === 'dark' ? 'light' : 'dark')}
          >
            {boot.theme === 'dark' ? 'Light theme' : 'Dark theme'}
          </Button>
        </Stack>
      </header>
      {pathname.startsWith('/plugins/') && <ConfigurationTabs />}
      <main className={styles.main}>{children}</main>
    </div>
  );
}

function ConfigurationTabs() {
  const tab = new URLSearchParams(useLocation().search).get('page') ?? 'connection';
  return (
    <TabsBar>
      <Tab label="Connection" href={`/plugins/${PLUGIN_ID}?page=connection`} active={tab === 'connection'} />
      <Tab label="Rate cards" href={`/plugins/${PLUGIN_ID}?page=rate-cards`} active={tab === 'rate-cards'} />
      <Tab label="Access" href={`/plugins/${PLUGIN_ID}?page=access`} active={tab === 'access'} />
    </TabsBar>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ minHeight: '100vh', background: theme.colors.background.canvas }),
  bar: css({
    padding: theme.spacing(1, 3),
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    background: theme.colors.background.primary,
  }),
  main: css({ padding: theme.spacing(3) }),
});
