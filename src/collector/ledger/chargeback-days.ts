import { DateTime } from 'luxon';
import type { ChargebackDays, DAY_GROUPS } from '../../api/chargeback';
import type { Context } from '../context';
import { inSnapshot } from '../db/snapshot';
import { inScope, type ChargebackScope } from './chargeback-scope';
import { bindings, costSource, type Bind, type CostRange } from './cost-source';
import { requireRates } from './rates-in-force';
import { currentWatermark } from './watermark';

/** More days than these are not one picture any more. */
export const LONGEST_DAYS = 400;

/** Cost by day, told apart by a field or the meter: the `top` greatest values, and the rest as one. */
export interface DaysQuestion extends ChargebackScope {
  by: (typeof DAY_GROUPS)[number];
  top: number;
}

/** The days (YYYY-MM-DD) of the billing time zone that [from, to) touches, all of them; none when from is not before to. */
export function calendarDays({ from, to, timezone }: CostRange): string[] {
  const days: string[] = [];
  const last = DateTime.fromMillis(to.getTime() - 1, { zone: timezone }).toISODate() ?? '';
  // By their names: where a clock change skips midnight, the days are not 24 hours apart.
  const first = DateTime.fromJSDate(from, { zone: timezone });
  for (let day = DateTime.utc(first.year, first.month, first.day); ; day = day.plus({ days: 1 })) {
    const name = day.toISODate();
    if (name === null || name > last) {
      return days;
    }
    days.push(name);
  }
}

interface SeriesRow {
  value: string | null;
  values: number;
  total: string;
  /** Cost by day; a day without any is absent. */
  costs: Record<string, string>;
}

/** Reads the cost of every day of the range, from one snapshot of the ledger. Throws NO_RATE_FOR_PERIOD. */
export async function readChargebackDays(
  { pool, config }: Pick<Context, 'pool' | 'config'>,
  question: DaysQuestion,
): Promise<ChargebackDays> {
  const { timezone } = config;
  const currency = question.currency ?? config.currency;
  const days = calendarDays({ ...question, timezone });
  return inSnapshot(pool, async (db) => {
    await requireRates(db, question);
    const { values, bind } = bindings();
    const { rows } = await db.query<SeriesRow>(statement({ ...question, currency }, timezone, bind), values);
    return {
      currency,
      timezone,
      watermark: (await currentWatermark(db))?.toISOString() ?? null,
      by: question.by,
      days,
      series: rows.map(({ costs, ...series }) => ({ ...series, costs: days.map((day) => costs[day] ?? '0') })),
    };
  });
}

function statement({ by, top, currency, ...scope }: DaysQuestion, timezone: string, bind: Bind): string {
  const byMeter = by === 'charge_type';
  const source = costSource({ from: scope.from, to: scope.to, timezone }, 'day', bind);
  const greatest = `${bind(top)}::integer`;
  // Resources are looked up once for each day and not for each of its meters and cards.
  return `with daily as (
      select (s.at at time zone ${bind(timezone)}::text)::date as day, ${byMeter ? 'm.slug' : `r.${by}`} as value, sum(s.cost) as cost
      from (
        select at, resource_id, ${byMeter ? 'meter_id, ' : ''}sum(cost) as cost from (${source}) source
        where rate_card_id in (select id from chargeback_data.rate_card where currency = ${bind(currency)})
        group by at, resource_id${byMeter ? ', meter_id' : ''}
      ) s
      join chargeback_data.resource r on r.id = s.resource_id
      ${byMeter ? 'join chargeback_data.meter m on m.id = s.meter_id' : ''}
      where ${inScope(scope, bind)}
      group by 1, 2
    ), ranked as (
      select value, row_number() over (order by sum(cost) desc, value collate "C") as place from daily group by value
    ), series as (
      select least(place, ${greatest} + 1) as place, min(value) as value, count(*)::integer as values from ranked group by 1
    ), by_day as (
      select least(r.place, ${greatest} + 1) as place, d.day, sum(d.cost) as cost
      from daily d join ranked r on r.value = d.value group by 1, 2
    )
    select case when s.place <= ${greatest} then s.value end as value, s.values,
      trim_scale(sum(b.cost))::text as total, json_object_agg(b.day, trim_scale(b.cost)::text) as costs
    from series s join by_day b on b.place = s.place
    group by s.place, s.value, s.values order by s.place`;
}
