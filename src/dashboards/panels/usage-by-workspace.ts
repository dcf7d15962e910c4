import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { overTime } from '../queries/over-time';
import { usage } from '../queries/sources';
import { sqlQuery } from '../sql-query';
import { COSTS_DASHBOARD } from '../uids';
import { EMPTY } from './empty-texts';
import { BARS, stackedOverTime } from './stacked-over-time';

const ofMeter = () => {
  const all = usage('workspace');
  return { ...all, where: `f.meter = \${meter:sqlstring}\n      and ${all.where}` };
};

/** Grafana's name of the chosen meter's unit. */
const UNIT_SQL = `select case unit when 'byte' then 'bytes' when 'hour' then 'suffix: h' else 'short' end as unit
from chargeback.meter_status
where meter = \${meter:sqlstring}`;

/** Who uses how much of one meter when, priced or not. */
export function usageByWorkspace(): PanelBuilder {
  return stackedOverTime({
    id: COSTS_DASHBOARD.panels.usageByWorkspace,
    title: 'Usage by workspace: ${meter}',
    description: `Quantity of the chosen meter, priced or not. ${BARS}`,
    sql: overTime(ofMeter(), 'workspace', 'quantity'),
    noValue: EMPTY.noUsage,
  })
    .withTarget(sqlQuery({ refId: 'unit', sql: UNIT_SQL }))
    .withTransformation({
      id: 'configFromData',
      options: {
        configRefId: 'unit',
        mappings: [{ fieldName: 'unit', handlerKey: 'unit', reducerId: 'lastNotNull' }],
        applyTo: { id: 'byType', options: 'number' },
      },
    });
}
