import { KEPT, keyOf, toChargeback, toDashboard } from '../links-to';
import { barGauge } from '../panels/bar-gauge';
import { EMPTY } from '../panels/empty-texts';
import { ranked } from '../queries/ranked';
import { NAMED_SERIES, THRESHOLDS } from '../thresholds';
import { DASHBOARDS } from '../uids';
import { MONEY } from '../panels/money-unit';

/** Which topics make the cost; the bars sum to it. */
export const topTopics = (id: number) =>
  barGauge({
    id,
    title: 'Topics that cost most, ${currency}',
    description: `The ${NAMED_SERIES} with the highest cost, by cluster, all others as Other, and what is of no topic, such as requests and connections.`,
    sql: ranked({ column: 'topic', within: 'cluster', top: NAMED_SERIES, measure: 'cost' }),
    unit: MONEY,
    decimals: 2,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.noCost,
    links: [
      toDashboard('Who uses this topic', DASHBOARDS.principal, {
        topic: keyOf('key'),
        cluster: keyOf('within_key'),
        workspace: KEPT,
      }),
      toChargeback('In Chargeback', 'key'),
    ],
  });

/** Which principals make the cost; the bars sum to it. */
export const topPrincipals = (id: number) =>
  barGauge({
    id,
    title: 'Principals that cost most, ${currency}',
    description: `The ${NAMED_SERIES} with the highest cost, all others as Other, and what no principal is known of, such as requests and connections.`,
    sql: ranked({ column: 'principal', top: NAMED_SERIES, measure: 'cost' }),
    unit: MONEY,
    decimals: 2,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.noCost,
    links: [
      toDashboard('This principal', DASHBOARDS.principal, { principal: keyOf('key'), cluster: KEPT, workspace: KEPT }),
      toChargeback('In Chargeback', 'key'),
    ],
  });
