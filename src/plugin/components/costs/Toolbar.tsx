import { Stack } from '@grafana/ui';
import type { ChargebackSummary } from '../../../api/chargeback';
import { CurrencyPicker } from './CurrencyPicker';
import { FilterChips } from './FilterChips';
import { PeriodFacts } from './PeriodFacts';
import { TimeChoice } from './TimeChoice';
import type { Part } from './use-costs';
import type { CostsQuery } from './use-costs-query';
import { WorkspacePicker } from './WorkspacePicker';

interface Props {
  query: CostsQuery;
  summary: Part<ChargebackSummary>;
}

/** What is asked: hours, workspace, currency and filters; and of which hours there are figures. */
export function Toolbar({ query, summary }: Props) {
  const loaded = summary.state === 'loaded' ? summary.value : undefined;
  return (
    <Stack direction="column" gap={1.5}>
      <Stack columnGap={3} rowGap={1.5} wrap="wrap" alignItems="center">
        <TimeChoice range={query.range} status={loaded?.period.status} onChange={(range) => query.set({ range })} />
        {query.workspace === undefined && (
          <WorkspacePicker
            chosen={query.filters.workspace}
            onChange={(workspace) => query.set({ filters: { ...query.filters, workspace } })}
          />
        )}
        {loaded && <CurrencyPicker summary={loaded} onChange={(currency) => query.set({ currency })} />}
      </Stack>
      {summary.state !== 'failed' && <PeriodFacts summary={loaded} />}
      <FilterChips query={query} />
    </Stack>
  );
}
