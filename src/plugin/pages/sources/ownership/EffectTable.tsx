import { Pagination } from '@grafana/ui';
import { useState } from 'react';
import { PlainTable } from '../../../components/PlainTable';
import { exactMoney, formatAmount, formatDifference } from '../../../format/money';

const PAGE_SIZE = 10;

/** Costs before and after of what `names` say; a decimal text each, in `currency`. */
interface Effect {
  names: string[];
  currency: string;
  before: string;
  after: string;
  difference: string;
}

interface Props {
  caption: string;
  /** Titles of the names. */
  titles: string[];
  effects: Effect[];
}

/** What costs would become, ten rows at a time, exact on hover. */
export function EffectTable({ caption, titles, effects }: Props) {
  const [page, setPage] = useState(1);
  return (
    <>
      <PlainTable
        caption={caption}
        columns={[
          ...titles.map((title) => ({ title })),
          { title: 'Currency' },
          { title: 'Cost now', figure: true },
          { title: 'Cost after', figure: true },
          { title: 'Difference', figure: true },
        ]}
        rows={effects
          .slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
          .map(({ names, currency, before, after, difference }) => ({
            key: JSON.stringify([names, currency]),
            cells: [
              ...names,
              currency,
              ...[before, after].map((amount, place) => (
                <span key={place} title={exactMoney(amount, currency)}>
                  {formatAmount(amount, currency)}
                </span>
              )),
              <span key="difference" title={exactMoney(difference, currency)}>
                {formatDifference(difference, currency)}
              </span>,
            ],
          }))}
      />
      <Pagination
        currentPage={page}
        numberOfPages={Math.ceil(effects.length / PAGE_SIZE)}
        onNavigate={setPage}
        hideWhenSinglePage
      />
    </>
  );
}
