import { Pagination, Stack, Text } from '@grafana/ui';
import { useCallback, useEffect, type ReactNode } from 'react';
import type { ChargebackPageLine } from '../../../api/chargeback';
import type { LineKind } from '../../../domain/chargeback-line';
import { RequestProblem } from '../RequestProblem';
import { useBilling } from '../../billing/use-billing';
import { fieldName } from '../../format/names';
import { formatCount } from '../../format/quantity';
import { lineNames } from './costs-scope';
import { KIND_NAMES, nameColumns } from './line-columns';
import { LinesTable } from './LinesTable';
import { rowsToCome } from './rows-to-come';
import { SearchField } from './SearchField';
import { PAGE_SIZE, type LinesOfScope, type Part } from './use-costs';
import type { CostsQuery } from './use-costs-query';
import { useLastLines } from './use-last-lines';
import { useWorkspaceLink } from './use-workspace-link';

interface Props {
  kind: LineKind;
  lines: Part<LinesOfScope>;
  query: CostsQuery;
  ofWorkspace: boolean;
  actions?: ReactNode;
}

const count = (amount: number) => formatCount(String(amount));

/** The lines of a kind: searched, sorted and leafed through by the collector, with totals over all of them. */
export function Lines({ kind, lines, query, ofWorkspace, actions }: Props) {
  const billing = useBilling();
  const { search, sort, page, scope, set } = query;
  const totals = useLastLines(lines, scope, search, kind);
  const answer = lines.state === 'loaded' && lines.value.lines.by === kind ? lines.value.lines : undefined;
  const pages = Math.max(1, Math.ceil((totals?.found.lines ?? 0) / PAGE_SIZE));
  const beyond = answer !== undefined && page > pages;
  const link = useWorkspaceLink(query);
  const { many } = KIND_NAMES[kind];

  useEffect(() => {
    if (beyond) {
      set({ page: pages });
    }
  }, [beyond, pages, set]);
  const onSearch = useCallback((text: string) => set({ search: text }), [set]);
  const onWhy = useCallback((line: ChargebackPageLine) => set({ why: lineNames(kind, line) }), [set, kind]);

  if (lines.state === 'failed') {
    return <RequestProblem what={`The ${many}`} error={lines.error} onRetry={lines.reload} />;
  }
  const first = (page - 1) * PAGE_SIZE + 1;
  return (
    <Stack direction="column" gap={1}>
      <Stack justifyContent="space-between" alignItems="center" wrap="wrap">
        <SearchField
          label={`Search ${many}`}
          placeholder={`Search ${nameColumns(kind, ofWorkspace).map(fieldName).join(', ').toLowerCase()}`}
          search={search}
          onSearch={onSearch}
        />
        {actions}
      </Stack>
      <LinesTable
        kind={kind}
        ofWorkspace={ofWorkspace}
        currency={answer?.currency ?? scope.currency ?? billing.currency}
        rows={answer && !beyond ? answer.lines : rowsToCome(totals?.found.lines, page)}
        sums={[
          ...(search === ''
            ? []
            : [
                {
                  key: 'found',
                  title: totals ? `Found (${count(totals.found.lines)} of ${count(totals.all.lines)} lines)` : 'Found',
                  amounts: totals?.found.totals,
                },
              ]),
          {
            key: 'all',
            title: totals
              ? `Total of ${totals.all.lines === 1 ? '1 line' : `all ${count(totals.all.lines)} lines`}`
              : 'Total',
            amounts: totals?.all.totals,
          },
        ]}
        nothing={search === '' ? `There are no ${many}.` : `Nothing matches “${search}”.`}
        sort={sort}
        onSort={(next) => set({ sort: next })}
        onWhy={onWhy}
        workspaceLink={link}
      />
      <Stack justifyContent="space-between" alignItems="center" wrap="wrap">
        <div aria-live="polite">
          <Text color="secondary">
            {answer && !beyond
              ? answer.lines.length === 0
                ? 'No rows'
                : `Rows ${count(first)}–${count(first + answer.lines.length - 1)} of ${count(answer.found.lines)}`
              : 'Loading…'}
          </Text>
        </div>
        <Pagination
          currentPage={Math.min(page, pages)}
          numberOfPages={pages}
          onNavigate={(next) => set({ page: next })}
          hideWhenSinglePage
        />
      </Stack>
    </Stack>
  );
}
