import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/statushistory';
import { LINKS } from '../links';
import { EMPTY } from '../panels/empty-texts';
import { statusHistory } from '../panels/status-history';
import { absolute } from '../panels/thresholds';
import { promqlQuery } from '../promql-query';
import { THRESHOLDS } from '../thresholds';
import { USAGE } from '../uids';
import { CLUSTERS } from './series';

const COUNTERS = `bifrost_bytes_total{${CLUSTERS}}`;
const KNOWN = `last_over_time(${COUNTERS}[6h])`;

/** When gateways lost their counters, or series went missing. */
export function resetsAndAbsences(id: number): PanelBuilder {
  return statusHistory({
    id,
    title: 'Counters that were reset, and absent series',
    description:
      'By gateway: resets of byte counters around each point, as after a restart (usage counts on from zero, nothing is lost but what came after the last scrape), and byte counters of the last six hours that are absent at it. What is absent cannot be metered.',
    query: promqlQuery({
      expr: `sum by (instance) (resets(${COUNTERS}[$__rate_interval]))`,
      legend: '{{instance}} reset',
    }),
    datasource: USAGE,
    thresholds: THRESHOLDS.resets,
    noValue: EMPTY.noSeries,
  })
    .withTarget(
      promqlQuery({
        refId: 'B',
        expr: `count by (instance) (${KNOWN} unless ${COUNTERS}) or 0 * count by (instance) (${KNOWN})`,
        legend: '{{instance}} absent',
      }),
    )
    .maxDataPoints(72)
    .overrideByQuery('B', [{ id: 'thresholds', value: absolute(THRESHOLDS.problems).build() }])
    .links([LINKS.setup()]);
}
