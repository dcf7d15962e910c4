import { Alert, Button, Stack, Text } from '@grafana/ui';
import { useCallback, useState } from 'react';
import Skeleton from 'react-loading-skeleton';
import type { BudgetCrossing, BudgetCrossings, CrossingNotification } from '../../../api/budgets';
import type { z } from 'zod';
import { LoadingRegion } from '../../components/LoadingRegion';
import { PlainTable } from '../../components/PlainTable';
import { RequestProblem } from '../../components/RequestProblem';
import { listCrossings } from '../../data/budgets';
import { useResource } from '../../data/use-resource';
import { useSend } from '../../data/use-send';
import { exactMoney, formatMoney } from '../../format/money';
import { formatInstant } from '../../format/time';
import { formatThreshold, periodWords } from './budget-words';

const PAGE_SIZE = 20;
type Told = z.infer<typeof CrossingNotification>;

function describeTold({ channel, to, state, attempts, error }: Told): string {
  const by = channel === 'email' ? 'mail' : 'webhook';
  const how = { sent: 'sent', waiting: 'waiting to be sent', failed: `failed after ${attempts} attempts` }[state];
  return `${by} to ${to}: ${how}${error === null ? '' : ` (${error})`}`;
}

/** Every threshold that a budget ever crossed, newest first, and whom the collector told. */
export function Crossings({ budget, timeZone }: { budget: number; timeZone: string }) {
  const load = useCallback(() => listCrossings({ budget, limit: PAGE_SIZE }), [budget]);
  const first = useResource(load);
  const [older, setOlder] = useState<{ of: BudgetCrossings; pages: BudgetCrossings[] }>();
  const { state: more, send } = useSend<BudgetCrossings>();
  if (first.state === 'loading') {
    return (
      <LoadingRegion label="Loading the crossings…">
        <Skeleton count={3} height={36} />
      </LoadingRegion>
    );
  }
  if (first.state === 'failed') {
    return <RequestProblem what="The list of crossings" error={first.error} onRetry={first.reload} />;
  }
  const start = first.value;
  const added = older?.of === start ? older.pages : [];
  const all = [start, ...added];
  const cursor = all.at(-1)?.next_cursor ?? null;
  const crossings = all.flatMap(({ data }) => data);
  if (crossings.length === 0) {
    return <Text color="secondary">No threshold was crossed yet.</Text>;
  }
  return (
    <Stack direction="column" gap={1}>
      <PlainTable
        caption="Crossings, newest first"
        columns={[
          { title: 'Period', width: '16%' },
          { title: 'Threshold', figure: true },
          { title: 'Spent then', figure: true },
          { title: 'Amount then', figure: true },
          { title: 'Noticed', tight: true },
          { title: 'Told by the collector' },
        ]}
        rows={crossings.map((crossing) => ({ key: crossing.id, cells: cellsOf(crossing, timeZone) }))}
      />
      {more.state === 'failed' && (
        <Alert severity="error" title={more.error.title} bottomSpacing={0}>
          {more.error.message}
        </Alert>
      )}
      {cursor !== null && (
        <div>
          <Button
            variant="secondary"
            disabled={more.state === 'sending'}
            onClick={() =>
              send(listCrossings({ budget, limit: PAGE_SIZE, cursor }), (page) =>
                setOlder({ of: start, pages: [...added, page] }),
              )
            }
          >
            {more.state === 'sending' ? 'Loading…' : 'Show older crossings'}
          </Button>
        </div>
      )}
    </Stack>
  );
}

function cellsOf(
  { period, percent, spent, amount, currency, crossed_at: at, notifications }: BudgetCrossing,
  timeZone: string,
) {
  const money = (value: string) => <span title={exactMoney(value, currency)}>{formatMoney(value, currency)}</span>;
  return [
    periodWords(period),
    formatThreshold(percent),
    money(spent),
    money(amount),
    formatInstant(at, timeZone),
    notifications.length === 0 ? (
      <Text color="secondary">nobody</Text>
    ) : (
      notifications.map((told) => <div key={`${told.channel} ${told.to}`}>{describeTold(told)}</div>)
    ),
  ];
}
