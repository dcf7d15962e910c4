import { css } from '@emotion/css';
import type { SelectableValue } from '@grafana/data';
import { Combobox, FilterInput, InlineField, RadioButtonGroup, Stack } from '@grafana/ui';
import type { ReactNode } from 'react';
import { useTypedSearch } from '../../components/use-typed-search';
import { isAdministrator } from '../../data/is-administrator';
import { BUDGET_STATES } from './budget-state';
import { STATE_MEANINGS, STATE_NAMES } from './BudgetStateBadge';
import { LIST_FORMS, type ListQuery } from './budgets-query';
import type { BudgetsQuery } from './use-budgets-query';

const FORMS: Array<SelectableValue<ListQuery['form']>> = [
  { value: 'list', label: 'Budgets', icon: 'list-ul' },
  { value: 'alerts', label: 'Alerts', icon: 'bell' },
  { value: 'history', label: 'History', icon: 'history' },
];
const STATES = [
  { value: 'all' as const, label: 'Any state' },
  ...BUDGET_STATES.map((value) => ({ value, label: STATE_NAMES[value], description: STATE_MEANINGS[value] })),
];

/** Which forms of the list somebody is offered: alerts are Grafana's administrators'. */
export function formsFor(): Array<ListQuery['form']> {
  return LIST_FORMS.filter((form) => form !== 'alerts' || isAdministrator());
}

// In a row of controls the row keeps the distance.
const noMargin = css({ margin: 0 });

interface Props {
  list: ListQuery;
  refine: BudgetsQuery['refine'];
  /** Whether there is anything to search. */
  searchable: boolean;
  newBudget: ReactNode;
}

/** Search, state and form of the list of budgets. */
export function ListControls({ list, refine, searchable, newBudget }: Props) {
  const [typed, type] = useTypedSearch(list.search, (search) => refine({ search }, { replace: true }));
  const offered = formsFor();
  return (
    <Stack justifyContent="space-between" alignItems="center" wrap="wrap" gap={2}>
      <Stack gap={2} wrap="wrap" alignItems="center">
        <RadioButtonGroup
          aria-label="What is shown"
          options={FORMS.filter(({ value }) => value !== undefined && offered.includes(value))}
          value={list.form}
          onChange={(form) => refine({ form })}
        />
        {list.form === 'list' && searchable && (
          <>
            <FilterInput
              width={40}
              aria-label="Search budgets"
              placeholder="Name, scope, owner, contact or note"
              escapeRegex={false}
              value={typed}
              onChange={type}
            />
            <InlineField label="State" className={noMargin}>
              <Combobox
                id="budget-state"
                width={24}
                options={STATES}
                value={list.state}
                onChange={({ value }) => refine({ state: value })}
              />
            </InlineField>
          </>
        )}
      </Stack>
      {newBudget}
    </Stack>
  );
}
