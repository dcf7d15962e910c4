import { Pagination, Stack, Text } from '@grafana/ui';
import { useState, type ReactNode } from 'react';
import { Decimal, formatDecimal } from '../../../../domain/decimal';
import { PlainTable } from '../../../components/PlainTable';
import { exactMoney, formatAmount, formatDifference } from '../../../format/money';

const PAGE_SIZE = 25;

/** Money before and after a change, decimals, in one currency. */
interface Effect {
  currency: string;
  before: string;
  after: string;
  difference: string;
}
interface Shown extends Effect {
  /** The change as a share of what was; null where there was nothing. */
  share: string | null;
}

interface Props {
  caption: string;
  /** The columns that name a row. */
  names: string[];
  /** What rows are called, more than one of them. */
  unit: string;
  rows: Array<Shown & { key: string; names: ReactNode[] }>;
  totals: Shown[];
}

/** The sums of effects, by currency. */
export function sumByCurrency(effects: Effect[]): Effect[] {
  const sums = new Map<string, { before: Decimal; after: Decimal; difference: Decimal }>();
  for (const { currency, before, after, difference } of effects) {
    const sum = sums.get(currency) ?? { before: new Decimal(0), after: new Decimal(0), difference: new Decimal(0) };
    sums.set(currency, {
      before: sum.before.plus(before),
      after: sum.after.plus(after),
      difference: sum.difference.plus(difference),
    });
  }
  return [...sums].map(([currency, { before, after, difference }]) => ({
    currency,
    before: formatDecimal(before),
    after: formatDecimal(after),
    difference: formatDecimal(difference),
  }));
}

function cellsOf({ currency, before, after, difference, share }: Shown): ReactNode[] {
  const money = (amount: string, text: string) => (
    <span key={text} title={exactMoney(amount, currency)}>
      {text}
    </span>
  );
  return [
    currency,
    money(before, formatAmount(before, currency)),
    money(after, formatAmount(after, currency)),
    money(difference, formatDifference(difference, currency)),
    share ?? 'new',
  ];
}

/** Who pays what before and after, page by page, with the totals of all pages. */
export function EffectTable({ caption, names, unit, rows, totals }: Props) {
  const [page, setPage] = useState(1);
  const first = (page - 1) * PAGE_SIZE;
  return (
    <Stack direction="column" gap={1}>
      <PlainTable
        caption={caption}
        columns={[
          ...names.map((title) => ({ title })),
          { title: 'Currency' },
          { title: 'Now', figure: true },
          { title: 'After', figure: true },
          { title: 'Change', figure: true },
          { title: 'Change in %', figure: true },
        ]}
        rows={rows
          .slice(first, first + PAGE_SIZE)
          .map((row) => ({ key: row.key, cells: [...row.names, ...cellsOf(row)] }))}
        totals={totals.map((total) => ({
          key: total.currency,
          cells: ['Total', ...names.slice(1).map(() => ''), ...cellsOf(total)],
        }))}
      />
      {rows.length > PAGE_SIZE && (
        <Stack justifyContent="space-between">
          <Text color="secondary">
            {`${unit} ${first + 1}–${Math.min(rows.length, first + PAGE_SIZE)} of ${rows.length}, greatest change first`}
          </Text>
          <Pagination
            currentPage={page}
            numberOfPages={Math.ceil(rows.length / PAGE_SIZE)}
            onNavigate={setPage}
            hideWhenSinglePage
          />
        </Stack>
      )}
    </Stack>
  );
}
