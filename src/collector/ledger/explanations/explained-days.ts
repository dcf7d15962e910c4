import { DateTime } from 'luxon';
import type { ExplainedDays } from '../../../api/explanations';
import { Decimal, formatDecimal } from '../../../domain/decimal';
import { HOUR, hoursBetween } from '../../../domain/hours';
import type { Queryable } from '../../db/pool';
import { bindings, type CostRange } from '../cost-source';
import { explainedPrices } from './explained-prices';
import { inScope } from '../chargeback-scope';
import type { ExplainedQuestion } from './explained-question';

type Day = ExplainedDays['days'][number];

/**
 * The cost of a meter in [from, to) by day of the billing time zone and price, the price versions that took part, and
 * the sums of what is priced: those that /v1/costs gives. Usage in the currency asked for, or unrated.
 */
export async function readExplainedDays(
  db: Queryable,
  question: ExplainedQuestion,
  { from, to }: Pick<CostRange, 'from' | 'to'>,
): Promise<ExplainedDays> {
  const { meter, currency, timezone } = question;
  const days = await daysOf(db, question, { from, to, timezone });
  const sums = new Map<number, { quantity: Decimal; cost: Decimal }>();
  for (const { price_id, quantity, cost } of days) {
    if (price_id !== null && cost !== null) {
      const sum = sums.get(price_id) ?? { quantity: new Decimal(0), cost: new Decimal(0) };
      sums.set(price_id, { quantity: sum.quantity.plus(quantity), cost: sum.cost.plus(cost) });
    }
  }
  const versions = await explainedPrices(db, [...sums.keys()]);
  const total = (name: 'quantity' | 'cost') =>
    formatDecimal([...sums.values()].reduce((sum, amounts) => sum.plus(amounts[name]), new Decimal(0)));
  return {
    charge_type: meter.slug,
    unit: meter.unit,
    currency,
    timezone,
    total: { quantity: total('quantity'), cost: total('cost') },
    prices: versions.map((version) => ({
      ...version,
      quantity: formatDecimal(sums.get(version.price_id)?.quantity ?? '0'),
      cost: formatDecimal(sums.get(version.price_id)?.cost ?? '0'),
    })),
    days,
  };
}

/**
 * Whole days come from the roll-up, 24 times fewer rows than the facts, and only the hours at the edges from the facts.
 * Days and hours are given one by one: so the primary keys, which continue with the meter, find its rows alone.
 */
async function daysOf(
  db: Queryable,
  { meter, currency, filters }: ExplainedQuestion,
  range: CostRange,
): Promise<Day[]> {
  const { days, hours } = parts(range);
  const { values, bind } = bindings();
  const [id, zone] = [bind(meter.id), `${bind(range.timezone)}::text`];
  const { rows } = await db.query<Day>(
    `select to_char(s.day, 'YYYY-MM-DD') as day, p.id as price_id, sum(s.quantity)::text as quantity,
       case when p.id is not null then sum(s.cost)::text end as cost,
       sum(s.estimated_facts)::integer as estimated_facts, sum(s.facts)::integer as facts
     from (
       select day, resource_id, rate_card_id, quantity, cost, estimated_facts, facts
       from chargeback_data.daily_fact where meter_id = ${id} and day = any (${bind(days)}::date[]) and facts > 0
       union all
       select (f.hour at time zone ${zone})::date, f.resource_id, coalesce(p.rate_card_id, 0), f.quantity, coalesce(f.cost, 0), f.estimated::integer, 1
       from chargeback_data.fact f left join chargeback_data.price p on p.id = f.price_id
       where f.meter_id = ${id} and f.hour = any (${bind(hours)}::timestamptz[])
     ) s
     join chargeback_data.resource r on r.id = s.resource_id
     left join chargeback_data.price p on p.rate_card_id = s.rate_card_id and p.meter_id = ${id}
     left join chargeback_data.rate_card c on c.id = s.rate_card_id
     where (p.id is null or c.currency = ${bind(currency)}) and ${inScope({ filters }, bind)}
     group by s.day, p.id
     having p.id is not null or sum(s.quantity) <> 0
     order by s.day, p.id`,
    values,
  );
  return rows.map((row) => ({
    ...row,
    quantity: formatDecimal(row.quantity),
    cost: row.cost === null ? null : formatDecimal(row.cost),
  }));
}

/** The range as whole days of the billing time zone (as dates) and the hours before and after them. */
function parts({ from, to, timezone }: CostRange): { days: string[]; hours: Date[] } {
  const dayOf = (at: Date) => DateTime.fromJSDate(at, { zone: timezone }).startOf('day');
  const next = (day: DateTime) => day.plus({ days: 1 }).startOf('day');
  const begins = dayOf(from);
  let day = begins.toMillis() < from.getTime() ? next(begins) : begins;
  const firstDay = day.toMillis();
  const days: string[] = [];
  for (; next(day).toMillis() <= to.getTime(); day = next(day)) {
    days.push(day.toISODate() ?? '');
  }
  const onHour = (at: number) => Math.ceil(at / HOUR) * HOUR;
  const hours = [
    ...hoursBetween(onHour(from.getTime()), Math.min(firstDay, to.getTime())),
    ...(firstDay < to.getTime() ? hoursBetween(onHour(day.toMillis()), to.getTime()) : []),
  ];
  return { days, hours: hours.map((hour) => new Date(hour)) };
}
