import { Button, LinkButton, Stack, Text } from '@grafana/ui';
import type { ReactNode } from 'react';
import type { Budget } from '../../../api/budgets';
import { HistoryList } from '../../components/history/HistoryList';
import { isAdministrator } from '../../data/is-administrator';
import { useFactsDatasource } from '../../data/use-facts-datasource';
import { BudgetAlerts } from './alerts/BudgetAlerts';
import { BudgetFacts } from './BudgetFacts';
import { BudgetStateBadge } from './BudgetStateBadge';
import type { BudgetsData } from './budgets-data';
import { Crossings } from './Crossings';
import { DeleteBudget } from './DeleteBudget';
import { dashboardLink, scopeLink } from './scope-link';
import { Thresholds } from './Thresholds';
import type { BudgetsQuery } from './use-budgets-query';

interface Props {
  budget: Budget;
  data: BudgetsData;
  query: BudgetsQuery;
  onDeleted: () => void;
}

/** One budget: how it stands, which thresholds it crossed, who is told, and who changed it. */
export function BudgetView({ budget, data: { me, list }, query: { go }, onDeleted }: Props) {
  const facts = useFactsDatasource();
  return (
    <Stack direction="column" gap={3}>
      <div>
        <Button variant="secondary" fill="text" icon="arrow-left" onClick={() => go({ show: 'list' })}>
          All budgets
        </Button>
      </div>
      <Stack justifyContent="space-between" alignItems="center" wrap="wrap" gap={2}>
        <Stack alignItems="center" gap={1} wrap="wrap">
          <Text element="h2" variant="h3">
            {budget.name}
          </Text>
          <BudgetStateBadge budget={budget} />
        </Stack>
        <Stack gap={1} wrap="wrap">
          <LinkButton variant="secondary" icon="calculator-alt" href={scopeLink(budget, me.timezone)}>
            See these costs
          </LinkButton>
          <LinkButton variant="secondary" icon="apps" href={dashboardLink(budget, facts)}>
            Dashboard
          </LinkButton>
          {list.may_create && (
            <>
              <Button icon="pen" onClick={() => go({ show: 'edit', id: budget.id })}>
                Edit
              </Button>
              <Button icon="copy" variant="secondary" onClick={() => go({ show: 'new', from: budget.id })}>
                Copy
              </Button>
              <DeleteBudget budget={budget} onDeleted={onDeleted} />
            </>
          )}
        </Stack>
      </Stack>
      <BudgetFacts budget={budget} timeZone={me.timezone} />
      <Part title="Thresholds">
        <Thresholds budget={budget} timeZone={me.timezone} />
      </Part>
      {isAdministrator() && (
        <Part title="Alerts in Grafana">
          <BudgetAlerts budget={budget} timeZone={me.timezone} />
        </Part>
      )}
      <Part title="Crossings">
        <Crossings budget={budget.id} timeZone={me.timezone} />
      </Part>
      <Part title="History">
        <HistoryList filter={{ object: 'budget', object_id: String(budget.id) }} timeZone={me.timezone} />
      </Part>
    </Stack>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Stack direction="column" gap={1}>
        <Text element="h3" variant="h5">
          {title}
        </Text>
        {children}
      </Stack>
    </section>
  );
}
