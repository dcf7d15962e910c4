import { toDashboard } from '../links-to';
import { EMPTY } from '../panels/empty-texts';
import { statusHistory } from '../panels/status-history';
import { COVERAGE } from '../queries/coverage';
import { sqlQuery } from '../sql-query';
import { THRESHOLDS } from '../thresholds';
import { DASHBOARDS } from '../uids';

const STATES = [
  { value: 2, text: 'collected', color: 'green' },
  { value: 1, text: 'in part', color: 'orange' },
  { value: 0, text: 'missing', color: 'red' },
];

const SQL = `with ${COVERAGE}
select begins as time, meter as metric, case when collected >= expected then 2 when collected > 0 then 1 else 0 end as value
from coverage
where expected > 0
order by 1, 2`;

/** Which days of which meter are collected as a whole. */
export const coverage = (id: number) =>
  statusHistory({
    id,
    title: 'Collected days by meter',
    description:
      'Every day of the billing time zone: all hours that were to be collected by now are (collected), some are not (in part), or none is (missing). A meter begins with its first collected hour; an hour is due two hours after its end.',
    query: sqlQuery({ sql: SQL, format: 'time_series' }),
    states: STATES,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.neverCollected,
  }).overrideByRegexp('/.*/', [{ id: 'links', value: [toDashboard('Collector health', DASHBOARDS.collector)] }]);
