import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { HOUR, type Hour } from '../../domain/hours';
import type { Client } from '../db/pool';
import type { StoredMeter } from './meters';
import type { MeterReadings } from './readings';

/** What is to be stored of a run of hours: readings whose series have got their ids. */
export interface RunToStore {
  meter: StoredMeter;
  /** The hours read, ascending; never empty. */
  hours: Hour[];
  read: MeterReadings;
  /** Series number → id in the ledger. */
  ids: number[];
  /** Readings (as `id:hour`) of processes that ran before they were scraped. */
  preexisting: Set<string>;
  /** No hour from the first on was ever collected: nothing can be there to compare with. */
  fresh: boolean;
}

const COLUMNS = 'series_id, hour, first, last, growth, samples, coverage, preexisting';
/** Rows of one piece of a COPY stream. */
const COPY_PIECE = 1000;

/**
 * Stores the readings of a run and brings gaps up to date. Returns the hours whose usage may have changed
 * thereby, ascending: those with changed readings, the hours after them, and the hours of gaps that came or went.
 */
export async function storeReadings(db: Client, run: RunToStore): Promise<Hour[]> {
  const dirty = new Set<Hour>();
  await db.query(
    `create temporary table if not exists candidate (series_id integer, hour timestamptz) on commit delete rows;
     create temporary table if not exists changed (series_id integer, hour timestamptz) on commit delete rows`,
  );
  const firstBefore = await firstHour(db, run.meter.id);
  await storeBaselines(db, run);
  if (run.fresh) {
    await copy(db, 'chargeback_data.reading', run);
    for (const { hour } of run.read.readings) {
      dirty.add(hour);
    }
    await advanceFirstHours(db, run);
    await proposeAppended(db, run);
  } else {
    for (const hour of await replaceReadings(db, run)) {
      dirty.add(hour);
    }
    await advanceFirstHours(db, run);
  }
  if (run.meter.kind === 'counter') {
    for (const hour of await linkCandidates(db)) {
      dirty.add(hour);
    }
    // In the meter's very first hour first samples are baselines; when another hour becomes the first, both change.
    const first = await firstHour(db, run.meter.id);
    if (firstBefore !== null && first !== firstBefore) {
      dirty.add(firstBefore);
      dirty.add(first ?? firstBefore);
    }
  }
  return [...dirty].sort((a, b) => a - b);
}

async function firstHour(db: Client, meterId: number): Promise<Hour | null> {
  const { rows } = await db.query<{ first: Date | null }>(
    `select min(first_hour) as first from chargeback_data.series where meter_id = $1 and first_hour < 'infinity'`,
    [meterId],
  );
  return rows[0]?.first?.getTime() ?? null;
}

/**
 * A baseline never replaces a reading: where an hour was collected, its reading says more. A new one is a change like any
 * other: the reading after it, which may be stored already, counts from it.
 */
async function storeBaselines(db: Client, { read, ids }: RunToStore): Promise<void> {
  if (read.baselines.length === 0) {
    return;
  }
  await db.query(
    `with put as (
       insert into chargeback_data.reading as r (series_id, hour, first, last, samples)
       select id, hour, last, last, 0 from unnest($1::integer[], $2::timestamptz[], $3::numeric[]) as b(id, hour, last)
       on conflict (series_id, hour) do update set first = excluded.first, last = excluded.last where r.samples = 0 and r.last <> excluded.last
       returning r.series_id, r.hour
     )
     insert into pg_temp.changed select * from put`,
    [
      read.baselines.map(({ series }) => ids[series]),
      read.baselines.map(({ hour }) => new Date(hour)),
      read.baselines.map(({ last }) => last),
    ],
  );
}

async function copy(db: Client, table: string, { read, ids, preexisting }: RunToStore): Promise<void> {
  const { readings } = read;
  function* pieces() {
    for (let start = 0; start < readings.length; start += COPY_PIECE) {
      let text = '';
      for (const { series, hour, first, last, growth, samples, coverage } of readings.slice(
        start,
        start + COPY_PIECE,
      )) {
        const id = ids[series] ?? 0;
        text += `${id}\t${new Date(hour).toISOString()}\t${first}\t${last}\t${growth ?? '\\N'}\t${samples}\t${coverage.toFixed(4)}\t${preexisting.has(`${id}:${hour}`) ? 't' : '\\N'}\n`;
      }
      yield text;
    }
  }
  await pipeline(Readable.from(pieces()), db.query(copyFrom(`copy ${table} (${COLUMNS}) from stdin`)));
}

/** Notes the earliest hour of series of which nothing so early was known; nearly always there are none. */
async function advanceFirstHours(db: Client, { meter, hours, read }: RunToStore): Promise<void> {
  const earliest = read.baselines.reduce((least, { hour }) => Math.min(least, hour), hours[0] ?? Infinity);
  await db.query(
    `update chargeback_data.series s set first_hour = e.hour
     from (
       select id, (select min(r.hour) from chargeback_data.reading r where r.series_id = series.id) as hour
       from chargeback_data.series where meter_id = $1 and first_hour > $2
     ) e
     where s.id = e.id and s.first_hour > e.hour`,
    [meter.id, new Date(earliest)],
  );
}

/** Appended readings without a reading in the hour before may end a gap. */
async function proposeAppended(db: Client, { meter, hours, read, ids }: RunToStore): Promise<void> {
  if (meter.kind !== 'counter') {
    return;
  }
  const present = new Set(read.readings.map(({ series, hour }) => `${series}:${hour}`));
  const lonely = read.readings.filter(
    ({ series, hour }) => hour === hours[0] || !present.has(`${series}:${hour - HOUR}`),
  );
  await db.query(
    `insert into pg_temp.candidate
     select c.id, c.hour from unnest($1::integer[], $2::timestamptz[]) as c(id, hour)
     where not exists (select from chargeback_data.reading r where r.series_id = c.id and r.hour = c.hour - interval '1 hour')`,
    [lonely.map(({ series }) => ids[series]), lonely.map(({ hour }) => new Date(hour))],
  );
}

/** Makes the stored readings of the run those read; proposes the changed ones and those after them for linking. */
async function replaceReadings(db: Client, run: RunToStore): Promise<Hour[]> {
  const { meter, hours } = run;
  await db.query(`create temporary table if not exists incoming (like chargeback_data.reading) on commit delete rows`);
  await copy(db, 'pg_temp.incoming', run);
  await db.query(
    `with put as (
       insert into chargeback_data.reading as r (${COLUMNS}) select ${COLUMNS} from pg_temp.incoming
       on conflict (series_id, hour) do update set first = excluded.first, last = excluded.last, growth = excluded.growth,
         samples = excluded.samples, coverage = excluded.coverage, preexisting = excluded.preexisting
       where (r.first, r.last, r.growth, r.samples, r.coverage, r.preexisting)
         is distinct from (excluded.first, excluded.last, excluded.growth, excluded.samples, excluded.coverage, excluded.preexisting)
       returning r.series_id, r.hour
     ), gone as (
       delete from chargeback_data.reading r using chargeback_data.series s
       where s.id = r.series_id and s.meter_id = $1 and r.hour = any ($2::timestamptz[])
         and not exists (select from pg_temp.incoming i where i.series_id = r.series_id and i.hour = r.hour)
       returning r.series_id, r.hour
     )
     insert into pg_temp.changed select * from put union all select * from gone`,
    [meter.id, hours.map((hour) => new Date(hour))],
  );
  await db.query(
    `update chargeback_data.series s
     set first_hour = coalesce((select min(r.hour) from chargeback_data.reading r where r.series_id = s.id), 'infinity')
     where exists (select from pg_temp.changed c where c.series_id = s.id and c.hour = s.first_hour)`,
  );
  const ended = await db.query<{ hour: Date }>(
    `with ended as (
       delete from chargeback_data.gap g using pg_temp.changed c
       where g.series_id = c.series_id and c.hour between g.from_hour and g.to_hour
       returning g.from_hour, g.to_hour
     )
     select distinct h.hour from ended cross join lateral generate_series(from_hour + interval '1 hour', to_hour, interval '1 hour') as h(hour)`,
  );
  if (meter.kind === 'counter') {
    await db.query(
      `insert into pg_temp.candidate
       select series_id, hour from pg_temp.changed
       union
       select c.series_id, n.hour from pg_temp.changed c
       cross join lateral (select r.hour from chargeback_data.reading r where r.series_id = c.series_id and r.hour > c.hour order by r.hour limit 1) n`,
    );
  }
  const changed = await db.query<{ hour: Date }>('select distinct hour from pg_temp.changed');
  return [...ended.rows, ...changed.rows].map(({ hour }) => hour.getTime());
}

/**
 * Links each candidate reading to the one before it: where whole hours lie between, their gap is stored. Returns the
 * hours concerned. A candidate that is only a baseline (samples 0) has no first sample to link.
 */
async function linkCandidates(db: Client): Promise<Hour[]> {
  const { rows } = await db.query<{ hour: Date }>(
    `with link as (
       select distinct on (q.series_id, q.hour) q.series_id, q.hour, p.hour as before, case when q.first >= p.last then q.first - p.last else q.first end as amount
       from pg_temp.candidate c
       join chargeback_data.reading q on q.series_id = c.series_id and q.hour = c.hour and q.samples > 0
       left join lateral (
         select r.hour, r.last from chargeback_data.reading r where r.series_id = q.series_id and r.hour < q.hour order by r.hour desc limit 1
       ) p on true
     ), gap as (
       insert into chargeback_data.gap (series_id, from_hour, to_hour, amount, closed_before)
       select series_id, before, hour, amount, chargeback_data.closed_until() from link where before < hour - interval '1 hour'
       on conflict (series_id, to_hour) do update set from_hour = excluded.from_hour, amount = excluded.amount, closed_before = excluded.closed_before
       returning from_hour, to_hour
     )
     select hour from link
     union
     select h.hour from gap cross join lateral generate_series(from_hour + interval '1 hour', to_hour, interval '1 hour') as h(hour)`,
  );
  return rows.map(({ hour }) => hour.getTime());
}
