import { css } from '@emotion/css';
import type { SelectableValue } from '@grafana/data';
import { Combobox, FilterInput, InlineField, RadioButtonGroup, Stack } from '@grafana/ui';
import type { ReactNode } from 'react';
import { CARD_STATES } from './card-state';
import { STATE_NAMES } from './CardStateBadge';
import { useTypedSearch } from '../../components/use-typed-search';
import type { ListQuery, RatesQuery } from './use-rates-query';

const FORMS: Array<SelectableValue<ListQuery['form']>> = [
  { value: 'timeline', label: 'Timeline', icon: 'calendar-alt' },
  { value: 'list', label: 'List', icon: 'list-ul' },
  { value: 'history', label: 'History', icon: 'history' },
];
const STATES = [
  { value: 'all' as const, label: 'Any state' },
  ...CARD_STATES.map((value) => ({ value, label: STATE_NAMES[value] })),
];

// In a row of controls the row keeps the distance.
const noMargin = css({ margin: 0 });

interface Props {
  list: ListQuery;
  refine: RatesQuery['refine'];
  newCard: ReactNode;
}

/** Search, state and form of the list of rate cards. */
export function ListControls({ list, refine, newCard }: Props) {
  const [typed, type] = useTypedSearch(list.search, (search) => refine({ search }, { replace: true }));
  return (
    <Stack justifyContent="space-between" alignItems="center" wrap="wrap" gap={2}>
      <Stack gap={2} wrap="wrap" alignItems="center">
        <RadioButtonGroup
          aria-label="Form of the list"
          options={FORMS}
          value={list.form}
          onChange={(form) => refine({ form })}
        />
        {list.form !== 'history' && (
          <>
            <FilterInput
              width={40}
              aria-label="Search rate cards"
              placeholder="Name, workspace, meter or note"
              escapeRegex={false}
              value={typed}
              onChange={type}
            />
            <InlineField label="State" className={noMargin}>
              <Combobox
                id="rate-card-state"
                width={20}
                options={STATES}
                value={list.state}
                onChange={({ value }) => refine({ state: value })}
              />
            </InlineField>
          </>
        )}
      </Stack>
      {newCard}
    </Stack>
  );
}
