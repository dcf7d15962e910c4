import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { KEPT, keyOf, toChargeback, toDashboard } from '../links-to';
import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { promqlQuery } from '../promql-query';
import { matchesVariables } from '../queries/dimensions';
import { SERVICE_ACCOUNT, VIRTUAL_CLUSTER } from '../queries/in-both-languages';
import { costs } from '../queries/sources';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { sqlQuery } from '../sql-query';
import { DASHBOARDS, MIXED } from '../uids';
import { CHOSEN } from './series';

const source = {
  ...costs('principal'),
  where: `f.currency = \${currency:sqlstring} and f.principal <> ''
      and ${matchesVariables('f', [VIRTUAL_CLUSTER, SERVICE_ACCOUNT])}`,
};

const COST = `with ${SPAN_OF_SUMS},
  ${inSpan('fact', source)}
select principal as service_account, sum(cost) as cost from fact group by principal order by cost desc, principal`;

const grown = (counter: string) => `sum by (service_account) (increase(${counter}{${CHOSEN}}[$__range]))`;
const instant = (refId: string, expr: string) => promqlQuery({ refId, expr, instant: true, format: 'table' });

/** Who moves how much, from Prometheus, and what that costs, from the ledger. */
export function serviceAccounts(id: number): PanelBuilder {
  return table({
    id,
    title: 'Service accounts: raw usage, and cost, ${currency}',
    description:
      'Bytes and messages in and out in the time range, by increase(), which extrapolates to the ends of the range. Cost: that of the complete hours of the time range in the ledger, where a service account is the principal; the running hour has none yet.',
    sql: COST,
    noValue: EMPTY.noSeries,
    sortedBy: 'Bytes',
    columns: {
      'Service account': COLUMN.entity([
        toDashboard('What it costs', DASHBOARDS.principal, { principal: keyOf('Service account') }),
        toDashboard('Only this service account', DASHBOARDS.gateway, {
          service_account: keyOf('Service account'),
          virtual_cluster: KEPT,
        }),
        toChargeback('In Chargeback', 'Service account'),
      ]),
      Bytes: COLUMN.bytes(100),
      Messages: COLUMN.count(120),
      'Mean size': COLUMN.bytes(95),
      Cost: COLUMN.money(85),
    },
  })
    .datasource(MIXED)
    .targets([
      instant('A', grown('bifrost_bytes_total')),
      instant('B', grown('bifrost_messages_total')),
      instant('C', `${grown('bifrost_bytes_total')} / (${grown('bifrost_messages_total')} > 0)`),
      sqlQuery({ refId: 'D', sql: COST }),
    ])
    .transformations([
      { id: 'joinByField', options: { byField: 'service_account', mode: 'outer' } },
      {
        id: 'organize',
        options: {
          excludeByName: { Time: true, 'Time 1': true, 'Time 2': true, 'Time 3': true },
          indexByName: { service_account: 0, 'Value #A': 1, 'Value #B': 2, 'Value #C': 3, cost: 4 },
          renameByName: {
            service_account: 'Service account',
            'Value #A': 'Bytes',
            'Value #B': 'Messages',
            'Value #C': 'Mean size',
            cost: 'Cost',
          },
        },
      },
    ]);
}
