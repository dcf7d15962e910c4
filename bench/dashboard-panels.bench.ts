import { HOUR } from '../src/domain/hours';
import { resource } from '../src/domain/resource';
import { inTransaction, type Pool } from '../src/collector/db/pool';
import { storeResources } from '../src/collector/ledger/resources';
import { writeFacts } from '../src/collector/ledger/write-facts';
import { costsDashboard } from '../src/dashboards/chargeback-costs';
import { DIMENSIONS } from '../src/dashboards/queries/dimensions';
import { grafanaSql, type Chosen } from '../src/testing/grafana-sql';
import { startBenchLedger } from './ledger';

/*
 * How long the panels of the dashboard take on a ledger of 10 million facts (13 months). The facts are made by the
 * collector's own statement. Every query runs as the reading role, over the last day, month and 13 months, with all variables
 * at All and with one workspace chosen; median of five. The slowest five are printed with their plans (BENCH_PLANS=1).
 */
const FACTS = Number(process.env.BENCH_FACTS ?? 10_000_000);
const MONTHS = 13;
const END = Date.parse('2026-02-01T00:00:00Z');
const START = Date.parse('2025-01-01T00:00:00Z');
const METERS = [
  'kafka_ingress_bytes',
  'kafka_egress_bytes',
  'kafka_ingress_messages',
  'kafka_egress_messages',
  'kafka_requests',
  'kafka_connection_hours',
];
const PER_METER = Math.max(1, Math.round(FACTS / ((END - START) / HOUR) / METERS.length));

const ledger = await startBenchLedger('http://127.0.0.1:9', END);
try {
  const { pool } = ledger.context;
  const begun = performance.now();
  await fill(pool);
  const { rows } = await pool.query<{ facts: number }>('select count(*)::integer as facts from chargeback_data.fact');
  console.error(`${rows[0]?.facts} facts in ${Math.round((performance.now() - begun) / 1000)} s`);
  await pool.query('vacuum analyze');
  const timed = await timePanels(pool);
  timed.sort((a, b) => b.milliseconds - a.milliseconds);
  if (process.env.BENCH_PLANS) {
    for (const { panel, request, sql } of timed.slice(0, 5)) {
      const { rows: plan } = await pool.query<Record<'QUERY PLAN', string>>(`explain (analyze, buffers) ${sql}`);
      console.error(`\n${panel}, ${request}\n${plan.map((line) => line['QUERY PLAN']).join('\n')}`);
    }
  }
  console.log(
    JSON.stringify({
      bench: 'dashboard-panels',
      facts: rows[0]?.facts,
      months: MONTHS,
      queries: timed.length,
      slowest_ms: timed
        .slice(0, 5)
        .map(({ panel, request, milliseconds }) => `${panel}, ${request}: ${milliseconds.toFixed(0)}`),
    }),
  );
} finally {
  await ledger.stop();
}

/** 25 workspaces with their applications, topics and teams; quantities that differ by hour and resource. */
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
      Array.from({ length: PER_METER }, (_, index) =>
        resource({
          environment: ['prod', 'stage', 'dev'][index % 3] ?? '',
          cluster: `vc-${index % 8}`,
          workspace: index % 26 === 25 ? '' : `workspace-${index % 26}`,
          application: `app-${index % 60}`,
          topic: `topic-${index}`,
          business_unit: `bu-${index % 4}`,
          team: `team-${index % 12}`,
        }),
      ),
    ),
  );
  const { rows: meters } = await pool.query<{ id: number; slug: string }>(
    'select id, slug from chargeback_data.meter where slug = any ($1)',
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
              from generate_series($2::timestamptz, $3::timestamptz - interval '1 hour', interval '1 hour') h cross join unnest($4::integer[]) r`,
            values: [[...ids.values()]],
          },
        }),
      );
    }
    await pool.query(
      `insert into chargeback_data.collection (meter_id, hour, collected_at, series)
       select $1, h, h, $4 from generate_series($2::timestamptz, $3::timestamptz - interval '1 hour', interval '1 hour') h`,
      [meterId, new Date(START), new Date(END), PER_METER],
    );
  }
}

interface Timed {
  panel: string;
  request: string;
  sql: string;
  milliseconds: number;
}

async function timePanels(pool: Pool): Promise<Timed[]> {
  const all: Record<string, Chosen> = {
    ...Object.fromEntries(DIMENSIONS.map(({ variable }) => [variable, { all: "'__all__'" }])),
    currency: ['USD'],
    meter: ['kafka_ingress_bytes'],
  };
  const day = 24 * HOUR;
  const requests = Object.entries({
    'last day': END - day,
    'last 30 days': END - 30 * day,
    '13 months': START,
  }).flatMap(([range, from]) =>
    Object.entries({ All: all, 'one workspace': { ...all, workspace: ['workspace-3'] } }).map(
      ([choice, variables]) => ({
        name: `${range}, ${choice}`,
        request: { from: new Date(from), to: new Date(END), variables },
      }),
    ),
  );
  const timed: Timed[] = [];
  const client = await pool.connect();
  try {
    await client.query('set role chargeback_reader');
    for (const panel of costsDashboard().panels ?? []) {
      const targets = ('targets' in panel ? (panel.targets ?? []) : []) as Array<{ rawSql?: string }>;
      for (const { rawSql } of targets) {
        for (const { name, request } of rawSql ? requests : []) {
          const sql = grafanaSql(rawSql ?? '', request);
          const runs: number[] = [];
          for (let run = 0; run < 5; run++) {
            const begun = performance.now();
            await client.query(sql);
            runs.push(performance.now() - begun);
          }
          timed.push({
            panel: panel.title ?? String(panel.id),
            request: name,
            sql,
            milliseconds: runs.sort((a, b) => a - b)[2] ?? NaN,
          });
        }
      }
    }
    await client.query('reset role');
  } finally {
    client.release();
  }
  return timed;
}
