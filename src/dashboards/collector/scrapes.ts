import { EMPTY } from '../panels/empty-texts';
import type { State } from '../panels/states';
import { statusHistory } from '../panels/status-history';
import { promqlQuery } from '../promql-query';
import { THRESHOLDS } from '../thresholds';
import { USAGE } from '../uids';

const STATES: State[] = [
  { value: 0, text: 'Down', color: 'red' },
  { value: 1, text: 'Up', color: 'green' },
];

/** Whether Prometheus reached the gateways. */
export const scrapes = (id: number) =>
  statusHistory({
    id,
    title: 'Scrapes of the gateways',
    description:
      'Prometheus’ own "up" of the targets that gave metrics of the gateway in the last 7 days; down when any scrape of the time of a cell failed. Usage while a target is down is estimated when it comes back.',
    datasource: USAGE,
    query: promqlQuery({
      expr: `min by (job, instance) (min_over_time(up[$__interval]))
  and on (job, instance) count by (job, instance) (last_over_time(bifrost_active_connections[7d]))`,
      legend: '{{job}} {{instance}}',
    }),
    states: STATES,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.notScraped,
  }).maxDataPoints(150);
