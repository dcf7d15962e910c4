import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Tab, TabsBar, useStyles2 } from '@grafana/ui';
import { Lines } from '../../components/costs/Lines';
import { PricesInForce } from '../../components/costs/PricesInForce';
import { TABS, type CostsTab } from '../../components/costs/costs-query';
import type { Costs } from '../../components/costs/use-costs';
import type { CostsQuery } from '../../components/costs/use-costs-query';

const LABELS: Record<CostsTab, string> = {
  application: 'Applications',
  topic: 'Topics',
  principal: 'Principals',
  prices: 'Prices',
};

/** The workspace's lines of each kind, and the prices that made them. */
export function WorkspaceTabs({ costs: { summary, lines }, query }: { costs: Costs; query: CostsQuery }) {
  const styles = useStyles2(getStyles);
  const { tab, set } = query;
  return (
    <section aria-label={LABELS[tab]}>
      <TabsBar>
        {TABS.map((one) => (
          <Tab key={one} label={LABELS[one]} active={one === tab} onChangeTab={() => set({ tab: one })} />
        ))}
      </TabsBar>
      <div className={styles.content}>
        {tab === 'prices' ? (
          summary.state === 'loaded' && <PricesInForce summary={summary.value} />
        ) : (
          <Lines key={tab} kind={tab} lines={lines} query={query} ofWorkspace />
        )}
      </div>
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({ content: css({ paddingTop: theme.spacing(2) }) });
