import { HOUR } from '../src/domain/hours';
import { billingMonth } from '../src/domain/billing-month';
import { resource } from '../src/domain/resource';
import type { Context } from '../src/collector/context';
import { inTransaction, type Pool } from '../src/collector/db/pool';
import { readChargebackDays } from '../src/collector/ledger/chargeback-days';
import { readChargebackLines } from '../src/collector/ledger/chargeback-lines';
import { readChargebackSummary } from '../src/collector/ledger/chargeback-summary';
import { storeResources } from '../src/collector/ledger/resources';
import { writeFacts } from '../src/collector/ledger/write-facts';
import { startBenchLedger } from './ledger';

/*
 * How long the reads behind the Chargeback page take with 5,000 applications and 10 million facts over 13 months, as
 * ratios to a bare sum over the month's roll-up within the same run; medians of eleven rounds, in each of which every read
 * is made once. The present is the morning of a day in the middle of a month, so that the summary compares a part of a
 * month. The facts are made by the collector's own statement; an application is busy on one day in 28, on all its hours.
 */
const FACTS = Number(process.env.BENCH_FACTS ?? 10_000_000);
const APPLICATIONS = 5000;
const ROUNDS = 11;
const START = Date.parse('2025-01-01T00:00:00Z');
const END = Date.parse('2026-01-20T10:00:00Z');
const METERS = [
  'kafka_ingress_bytes',
  'kafka_egress_bytes',
  'kafka_ingress_messages',
  'kafka_egress_messages',
  'kafka_requests',
  'kafka_connection_hours',
];
const PER_METER = FACTS / ((END - START) / HOUR) / METERS.length;
const ROTATION = Math.max(1, Math.round(APPLICATIONS / PER_METER));

const ledger = await startBenchLedger('http://127.0.0.1:9', END);
try {
  const { context } = ledger;
  const begun = performance.now();
  await fill(context.pool);
  await context.pool.query('vacuum analyze');
  const { rows } = await context.pool.query<{ facts: number; lines: number }>(
    `select (select count(*)::integer from chargeback_data.fact) as facts,
       (select count(*)::integer from chargeback_data.monthly_fact where month = '2026-01-01') as lines`,
  );
  const { facts, lines } = rows[0] ?? { facts: 0, lines: 0 };
  console.error(`${facts} facts, ${lines} of the month, in ${Math.round((performance.now() - begun) / 1000)} s`);
  const timed = await time(reads(context));
  const bare = timed['bare sum'] ?? NaN;
  console.log(
    JSON.stringify({
      bench: 'chargeback-pages',
      facts,
      applications: APPLICATIONS,
      month_rows: lines,
      bare_sum_ms: Number(bare.toFixed(1)),
      ...Object.fromEntries(
        Object.entries(timed)
          .filter(([name]) => name !== 'bare sum')
          .map(([name, milliseconds]) => [
            name,
            { ratio: Number((milliseconds / bare).toFixed(1)), ms: Math.round(milliseconds) },
          ]),
      ),
    }),
  );
} finally {
  await ledger.stop();
}

function reads(context: Context): Record<string, () => Promise<unknown>> {
  const { start: from, end: to } = billingMonth('2026-01', 'UTC');
  const month = { from, to };
  const year = { from: new Date(START), to: new Date(END) };
  const page = { by: 'application', sort: { by: 'total_cost', descending: true }, limit: 25, offset: 0 } as const;
  const own = { workspaces: ['workspace-3'] };
  return {
    'bare sum': () =>
      context.pool.query('select sum(cost) from chargeback_data.monthly_fact where month = $1', ['2026-01-01']),
    'lines, first page': () => readChargebackLines(context, { ...month, ...page }),
    'lines, last page by name': () =>
      readChargebackLines(context, {
        ...month,
        ...page,
        sort: { by: 'application', descending: false },
        offset: APPLICATIONS - 25,
      }),
    'lines, searched': () => readChargebackLines(context, { ...month, ...page, search: 'app-1 workspace-2' }),
    'lines, topics': () => readChargebackLines(context, { ...month, ...page, by: 'topic' }),
    'lines of a workspace': () => readChargebackLines(context, { ...month, ...page, ...own }),
    summary: () => readChargebackSummary(context, month),
    'summary of a workspace': () => readChargebackSummary(context, { ...month, ...own }),
    days: () => readChargebackDays(context, { ...month, by: 'workspace', top: 8 }),
    'days of a workspace': () => readChargebackDays(context, { ...month, ...own, by: 'application', top: 8 }),
    'lines of 13 months': () => readChargebackLines(context, { ...year, ...page }),
    'days of 13 months': () => readChargebackDays(context, { ...year, by: 'workspace', top: 8 }),
  };
}

/** Milliseconds of each read, the median of the rounds. */
async function time(all: Record<string, () => Promise<unknown>>): Promise<Record<string, number>> {
  const runs = Object.fromEntries(Object.keys(all).map((name): [string, number[]] => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, read] of Object.entries(all)) {
      const begun = performance.now();
      await read();
      runs[name]?.push(performance.now() - begun);
    }
  }
  return Object.fromEntries(
    Object.entries(runs).map(([name, took]) => [name, took.sort((a, b) => a - b)[(ROUNDS - 1) / 2] ?? NaN]),
  );
}

async function fill(pool: Pool): Promise<void> {
  await pool.query('select chargeback_data.ensure_partitions($1, $2)', [new Date(START), new Date(END)]);
  await pool.query(
    `insert into chargeback_data.price (rate_card_id, meter_id, workspace, valid_from, per)
     select (select id from chargeback_data.rate_card), id, '', '2020-01-01Z', 1000 from chargeback_data.meter where slug not in ('kafka_ingress_bytes', 'kafka_requests');
     insert into chargeback_data.price_tier select id, 0, 0.01 from chargeback_data.price p where not exists (select from chargeback_data.price_tier t where t.price_id = p.id)`,
  );
  const ids = await inTransaction(pool, (db) =>
    storeResources(
      db,
      Array.from({ length: APPLICATIONS }, (_, index) =>
        resource({
          environment: ['prod', 'stage', 'dev'][index % 3] ?? '',
          cluster: `vc-${index % 8}`,
          workspace: index % 101 === 100 ? '' : `workspace-${index % 101}`,
          application: `app-${index}`,
          topic: `topic-${index}`,
          principal: `sa-${index % 400}`,
        }),
      ),
    ),
  );
  const { rows: meters } = await pool.query<{ id: number }>(
    'select id from chargeback_data.meter where slug = any ($1)',
    [METERS],
  );
  for (const { id: meterId } of meters) {
    for (let from = START; from < END; from += 168 * HOUR) {
      const to = Math.min(END, from + 168 * HOUR);
      await inTransaction(pool, (db) =>
        writeFacts(db, {
          meterId,
          from,
          to,
          timezone: 'UTC',
          mode: 'append',
          usage: {
            sql: `select h, r, 1000 + (r * 7919 + extract(epoch from h)::bigint / 3600 * $1::integer) % 9973, 1, false
              from generate_series($2::timestamptz, $3::timestamptz - interval '1 hour', interval '1 day') d
              join unnest($4::integer[]) r on (r + extract(epoch from d)::bigint / 86400) % $5::integer = 0
              cross join generate_series(d, least(d + interval '23 hours', $3::timestamptz - interval '1 hour'), interval '1 hour') h`,
            values: [[...ids.values()], ROTATION],
          },
        }),
      );
    }
    await pool.query(
      `insert into chargeback_data.collection (meter_id, hour, collected_at)
       select $1, h, h from generate_series($2::timestamptz, $3::timestamptz - interval '1 hour', interval '1 hour') h`,
      [meterId, new Date(START), new Date(END)],
    );
  }
}
