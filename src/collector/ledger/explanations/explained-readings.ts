import type { ExplainedReading, ExplainedReadings } from '../../../api/explanations';
import type { z } from 'zod';
import { Decimal, formatDecimal } from '../../../domain/decimal';
import { HOUR, type Hour } from '../../../domain/hours';
import type { ResourceField } from '../../../domain/resource';
import { RESOURCE_FIELDS } from '../../../domain/resource';
import type { Queryable } from '../../db/pool';
import { showObserved } from '../../db/shown-workspaces';
import { seriesUsage } from '../../metering/series-usage';
import { bindings } from '../cost-source';
import { inScope } from '../chargeback-scope';
import type { ExplainedMeter, ExplainedQuestion } from './explained-question';
import { ownersAtClose } from './owners-at-close';

type Reading = z.infer<typeof ExplainedReading>;

type ReadingRow = Record<ResourceField, string> & {
  found: number;
  explained: string;
  /** Null when the page is beyond the last series. */
  usage: string | null;
  labels: Record<string, string>;
  first: string | null;
  last: string | null;
  growth: string | null;
  samples: number | null;
  coverage: string | null;
  before_hour: Date | null;
  before_last: string | null;
  gap_from: Date | null;
  gap_to: Date | null;
  gap_amount: string | null;
};

/**
 * The readings behind the facts of a meter in an hour: what each series said and how much of the hour's usage it
 * contributed, by the statement that makes usage of readings. Where that does not give the facts' quantity, `unexplained`
 * says how much is missing and why. All is read from `db`, a transaction that may show a part of the `ledger`; but who owned
 * what in a closed month only the whole ledger tells.
 */
export async function readExplainedReadings(
  db: Queryable,
  ledger: Queryable,
  question: ExplainedQuestion,
  { hour, limit, offset }: { hour: Hour; limit: number; offset: number },
): Promise<ExplainedReadings> {
  const { meter } = question;
  const total = await factsOf(db, question, hour);
  const rows = await readingRows(db, ledger, question, { hour, limit, offset });
  const [{ found, explained }] = [rows[0] ?? { found: 0, explained: '0' }];
  const missing = new Decimal(total.quantity).minus(explained);
  return {
    charge_type: meter.slug,
    unit: meter.unit,
    kind: meter.kind,
    query: meter.query,
    hour: new Date(hour).toISOString(),
    found,
    offset,
    total: { quantity: formatDecimal(total.quantity), cost: total.cost === null ? null : formatDecimal(total.cost) },
    unexplained: missing.isZero()
      ? null
      : { quantity: formatDecimal(missing), reason: found === 0 ? NO_READINGS : CHANGED_SINCE },
    data: rows.flatMap((row) => (row.usage === null ? [] : [readingOf(row, row.usage, meter, hour)])),
  };
}

const NO_READINGS = 'The readings of this hour are not in the ledger any more; its quantity and cost stand.';
const CHANGED_SINCE =
  'The labels of the meter, or readings of the hours around, changed after the month was closed; its quantity and cost stand.';

async function factsOf(
  db: Queryable,
  { meter, currency, filters }: ExplainedQuestion,
  hour: Hour,
): Promise<{ quantity: string; cost: string | null }> {
  const { values, bind } = bindings();
  const { rows } = await db.query<{ quantity: string; cost: string | null }>(
    `select coalesce(sum(f.quantity), 0)::text as quantity, sum(f.cost)::text as cost
     from chargeback_data.fact f
     join chargeback_data.resource r on r.id = f.resource_id
     left join chargeback_data.price p on p.id = f.price_id
     left join chargeback_data.rate_card c on c.id = p.rate_card_id
     where f.hour = ${bind(new Date(hour))} and f.meter_id = ${bind(meter.id)} and (p.id is null or c.currency = ${bind(currency)}) and ${inScope({ filters }, bind)}`,
    values,
  );
  return rows[0] ?? { quantity: '0', cost: null };
}

async function readingRows(
  db: Queryable,
  ledger: Queryable,
  { meter, currency, filters, timezone }: ExplainedQuestion,
  { hour, limit, offset }: { hour: Hour; limit: number; offset: number },
): Promise<ReadingRow[]> {
  const { values, bind } = bindings();
  // seriesUsage takes the meter and the hour as $1 to $3.
  const [id, start] = [bind(meter.id), bind(new Date(hour))];
  bind(new Date(hour + HOUR));
  const closed = await ownersAtClose(db, ledger, { meterId: meter.id, hour, timezone });
  if (closed) {
    await showObserved(db, closed.observed);
  }
  const owners = closed
    ? `unnest(${bind(closed.observed)}::integer[], ${bind(closed.owned)}::integer[]) as o(observed_id, resource_id)`
    : `chargeback_data.ownership o`;
  const inForce = closed ? 'true' : `o.valid_from <= ${start} and o.valid_to > ${start}`;
  const { rows } = await db.query<ReadingRow>(
    `with owned as materialized (
       select o.observed_id, o.resource_id
       from ${owners}
       join chargeback_data.resource r on r.id = o.resource_id
       left join chargeback_data.fact f on f.hour = ${start} and f.meter_id = ${id} and f.resource_id = o.resource_id
       left join chargeback_data.price p on p.id = f.price_id
       left join chargeback_data.rate_card c on c.id = p.rate_card_id
       where ${inForce} and (p.id is null or c.currency = ${bind(currency)}) and ${inScope({ filters }, bind)}
     ), ${seriesUsage(meter.kind)}, counted as materialized (
       select u.* from series_usage u
       where exists (select from chargeback_data.collection c where c.meter_id = ${id} and c.hour = ${start} and c.collected_at is not null)
     ), page as (
       select * from counted order by quantity desc, series_id limit ${bind(limit)} offset ${bind(offset)}
     )
     select t.found, t.explained, u.quantity::text as usage, s.labels, ${RESOURCE_FIELDS.map((field) => `r.${field}`).join(', ')},
       n.first::text as first, n.last::text as last, coalesce(n.growth, n.last - n.first)::text as growth, n.samples, n.coverage::text as coverage,
       b.hour as before_hour, b.last::text as before_last, g.from_hour as gap_from, g.to_hour as gap_to, g.amount::text as gap_amount
     from (select count(*)::integer as found, coalesce(sum(quantity), 0)::text as explained from counted) t
     left join page u on true
     left join chargeback_data.series s on s.id = u.series_id
     left join chargeback_data.resource r on r.id = u.resource_id
     left join chargeback_data.reading n on n.series_id = u.series_id and n.hour = ${start} and n.samples > 0
     left join lateral (
       select hour, last from chargeback_data.reading where series_id = u.series_id and hour < ${start} order by hour desc limit 1
     ) b on true
     left join chargeback_data.gap g on g.series_id = u.series_id and g.from_hour < ${start} and g.to_hour >= ${start} and g.closed_before <= ${start}
     order by u.quantity desc, u.series_id`,
    values,
  );
  return rows;
}

function readingOf(row: ReadingRow, usage: string, meter: ExplainedMeter, hour: Hour): Reading {
  const amount = (text: string | null) => (text === null ? null : formatDecimal(text));
  const beyondGrowth = formatDecimal(new Decimal(usage).minus(row.growth ?? '0'));
  const spread =
    row.gap_from && row.gap_to && row.gap_amount !== null
      ? {
          from: new Date(row.gap_from.getTime() + HOUR).toISOString(),
          to: new Date(row.gap_to.getTime() + HOUR).toISOString(),
          amount: formatDecimal(row.gap_amount),
          part: beyondGrowth,
        }
      : null;
  return {
    labels: row.labels,
    resource: Object.fromEntries(RESOURCE_FIELDS.map((field) => [field, row[field]])) as Reading['resource'],
    first: amount(row.first),
    last: amount(row.last),
    growth: amount(row.growth),
    samples: row.samples ?? 0,
    coverage: row.coverage === null ? null : Number(row.coverage),
    previous:
      meter.kind === 'counter' && row.before_hour && row.before_last !== null
        ? { hour: row.before_hour.toISOString(), last: formatDecimal(row.before_last) }
        : null,
    link:
      meter.kind !== 'counter' || row.first === null || spread
        ? null
        : { amount: beyondGrowth, from: linkFrom(row, row.first, beyondGrowth, hour) },
    spread,
    usage: formatDecimal(usage),
  };
}

/** From where the growth up to the hour's first sample was counted, as the amount that was counted tells. */
function linkFrom(
  { before_hour, before_last }: ReadingRow,
  first: string,
  amount: string,
  hour: Hour,
): NonNullable<Reading['link']>['from'] {
  if (before_last !== null && before_hour?.getTime() === hour - HOUR) {
    return new Decimal(first).gte(before_last) ? 'previous' : 'zero';
  }
  return new Decimal(amount).eq(first) ? 'zero' : 'baseline';
}
