import { ReduceDataOptionsBuilder, VizTextDisplayOptionsBuilder } from '@grafana/grafana-foundation-sdk/common';
import { KEPT, keyOf, toDashboard } from '../links-to';
import { EMPTY } from '../panels/empty-texts';
import { figure } from '../panels/figure';
import { COST_CENTER, DIMENSIONS } from '../queries/dimensions';
import { LEDGER_PAGE } from '../queries/ledger-page';
import { THRESHOLDS } from '../thresholds';
import { DASHBOARDS } from '../uids';

const count = (of: string) => `to_char(${of}, 'FM999,999,999,990')`;

const SQL = `with ${LEDGER_PAGE}
select case when facts > 0 then 'Rows ' || ${count('since + 1')} || '–' || ${count('until')} || ' of ' || ${count('facts')} || ' (page ' || ${count('page')} || ' of ' || ${count('pages')} || ')' end as "rows",
  greatest(1, page - 1)::text as "previous", least(pages, page + 1)::text as "next", pages::text as "last"
from page`;

const toPage = (title: string, page: string) =>
  toDashboard(title, DASHBOARDS.historical, {
    page,
    groupby: KEPT,
    ...Object.fromEntries([...DIMENSIONS, COST_CENTER].map(({ variable }) => [variable, KEPT])),
  });

/** Which rows of the ledger the table below shows, with links to other pages. */
export const ledgerPages = (id: number) =>
  figure({
    id,
    title: 'Ledger: rows shown',
    description:
      'Which of all cost facts of the time range and filters stand in the table below. Click for the next or previous page.',
    sql: SQL,
    unit: 'string',
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.noCost,
  })
    .reduceOptions(new ReduceDataOptionsBuilder().values(true).calcs([]).fields('/^rows$/'))
    .text(new VizTextDisplayOptionsBuilder().valueSize(18))
    .overrideByName('rows', [
      {
        id: 'links',
        value: [
          toPage('Next page', keyOf('next')),
          toPage('Previous page', keyOf('previous')),
          toPage('First page', '1'),
          toPage('Last page', keyOf('last')),
        ],
      },
    ]);
