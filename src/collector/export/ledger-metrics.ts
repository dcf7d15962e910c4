import { formatDecimal } from '../../domain/decimal';
import { HOUR } from '../../domain/hours';
import type { Queryable } from '../db/pool';
import { exposeGauge } from './exposition';

/** How far each meter is collected: for everybody who may see that there are meters. */
export async function collectionMetrics(db: Queryable): Promise<string> {
  const { rows } = await db.query<{ meter: string; watermark: Date }>(
    'select meter, watermark from chargeback.meter_status where watermark is not null order by meter',
  );
  return exposeGauge(
    'chargeback_watermark_timestamp_seconds',
    'End of the last complete hour of a meter.',
    rows.map(({ meter, watermark }) => ({ labels: { meter }, value: String(watermark.getTime() / 1000) })),
  );
}

const LABELS = ['workspace', 'environment', 'cluster', 'business_unit', 'team', 'charge_type'] as const;

/**
 * Cost and unrated usage of the last complete hour, which is the one before `watermark`. At most `limit` series of cost:
 * the smallest are folded into one series a currency whose labels are all `other`, so that the sum stays what it is.
 */
export async function costMetrics(db: Queryable, watermark: Date | null, limit: number): Promise<string> {
  const hour = watermark && new Date(watermark.getTime() - HOUR);
  const costs = await db.query<Record<(typeof LABELS)[number] | 'currency' | 'cost', string>>(
    `with cost as (
       select r.workspace, r.environment, r.cluster, r.business_unit, r.team, m.slug as charge_type, c.currency, sum(f.cost) as cost
       from chargeback_data.fact f
       join chargeback_data.resource r on r.id = f.resource_id
       join chargeback_data.meter m on m.id = f.meter_id
       join chargeback_data.price p on p.id = f.price_id
       join chargeback_data.rate_card c on c.id = p.rate_card_id
       where f.hour = $1
       group by 1, 2, 3, 4, 5, 6, 7
     ), ranked as (
       select *, row_number() over (order by cost desc, workspace, environment, cluster, business_unit, team, charge_type, currency) as place
       from cost
     ), kept as (
       select *, (select count(*) from cost) <= $2 or place <= $2 - (select count(distinct currency) from cost) as own from ranked
     )
     select ${LABELS.map((label) => `case when own then ${label} else 'other' end as ${label}`).join(', ')}, currency, sum(cost)::text as cost
     from kept group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7`,
    [hour, limit],
  );
  const unrated = await db.query<{ meter: string; quantity: string }>(
    `select m.slug as meter, coalesce(sum(f.quantity), 0)::text as quantity
     from chargeback_data.meter m
     left join chargeback_data.fact f on f.meter_id = m.id and f.hour = $1 and f.price_id is null
     where m.active group by m.slug order by m.slug`,
    [hour],
  );
  return (
    exposeGauge(
      'chargeback_cost_hourly',
      'Cost of the last complete hour, the one before the smallest watermark.',
      costs.rows.map(({ cost, ...labels }) => ({ labels, value: formatDecimal(cost) })),
    ) +
    exposeGauge(
      'chargeback_unrated_usage',
      'Usage of the last complete hour for which no price is in force, in the unit of the meter.',
      hour === null
        ? []
        : unrated.rows.map(({ meter, quantity }) => ({ labels: { meter }, value: formatDecimal(quantity) })),
    )
  );
}
