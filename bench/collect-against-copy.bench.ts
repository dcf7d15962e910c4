import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { HOUR } from '../src/domain/hours';
import { collect } from '../src/collector/metering/collect';
import { readRun } from '../src/collector/metering/read-run';
import { storeRun } from '../src/collector/metering/store-run';
import { storedMeters } from '../src/collector/metering/stored-meters';
import { startPrometheus } from '../src/testing/prometheus-server';
import { startBenchLedger } from './ledger';
import { syntheticCounters } from './synthetic-counters';

/*
 * How fast does usage become cost facts, against the fastest way there is to put the same rows into the same table:
 * COPY FROM of the finished facts into an empty copy of it with the same primary key. Both in one run, on one server.
 */
const START = Date.parse('2026-01-01T00:00:00Z');
const SERIES = Number(process.env.BENCH_SERIES ?? 1000);
const HOURS = Number(process.env.BENCH_HOURS ?? 240);

const RUN = 30;
const METER = 'kafka_ingress_bytes';

const prometheus = await startPrometheus(
  syntheticCounters({ series: SERIES, hours: HOURS, interval: 300_000, start: START }),
);
try {
  const parts = await readThenStore();
  const { facts, whole, copy } = await collectAndCopy();
  const perSecond = (milliseconds: number) => Math.round((facts / milliseconds) * 1000);
  console.log(
    JSON.stringify({
      bench: 'collect-against-copy',
      series: SERIES,
      hours: HOURS,
      facts,
      copy_facts_per_second: perSecond(copy),
      store_facts_per_second: perSecond(parts.store),
      read_facts_per_second: perSecond(parts.read),
      collect_facts_per_second: perSecond(whole),
      store_over_copy: (copy / parts.store).toFixed(2),
      collect_over_copy: (copy / whole).toFixed(2),
    }),
  );
} finally {
  await prometheus.stop();
}

/** The two halves one after the other: asking Prometheus; and readings → usage → rated facts → roll-ups in PostgreSQL. Milliseconds. */
async function readThenStore(): Promise<{ read: number; store: number }> {
  const { context, stop } = await startBenchLedger(prometheus.url, START + HOURS * HOUR);
  try {
    const meter = (await storedMeters(context.pool)).find(({ slug }) => slug === METER);
    if (!meter) {
      throw new Error(`there is no meter ${METER}`);
    }
    await context.pool.query('select chargeback_data.ensure_partitions($1, $2)', [
      new Date(START),
      new Date(START + HOURS * HOUR),
    ]);
    let [read, store] = [0, 0];
    for (let hour = 0; hour < HOURS; hour += RUN) {
      const begun = performance.now();
      const run = await readRun(context, meter, START + hour * HOUR, START + Math.min(HOURS, hour + RUN) * HOUR);
      const between = performance.now();
      await storeRun(context, meter, run);
      read += between - begun;
      store += performance.now() - between;
    }
    return { read, store };
  } finally {
    await stop();
  }
}

/** The whole as `chargeback collect` does it, which reads ahead while it stores; and COPY of its facts, median of three. Milliseconds. */
async function collectAndCopy(): Promise<{ facts: number; whole: number; copy: number }> {
  const { context, database, stop } = await startBenchLedger(prometheus.url, START + HOURS * HOUR);
  const file = join(tmpdir(), `chargeback-bench-${process.pid}.copy`);
  const client = await database.pool.connect();
  try {
    const begun = performance.now();
    await collect(context, { from: START, to: START + HOURS * HOUR, meters: [METER] });
    const whole = performance.now() - begun;
    const { rows } = await client.query<{ facts: number }>(
      'select count(*)::integer as facts from chargeback_data.fact',
    );
    await pipeline(
      client.query(copyTo('copy (select * from chargeback_data.fact order by hour, meter_id, resource_id) to stdout')),
      createWriteStream(file),
    );
    const copies: number[] = [];
    for (let attempt = 0; attempt < 3; attempt++) {
      await client.query(
        'drop table if exists chargeback_data.copied; create table chargeback_data.copied (like chargeback_data.fact including all); checkpoint',
      );
      const started = performance.now();
      await pipeline(createReadStream(file), client.query(copyFrom('copy chargeback_data.copied from stdin')));
      copies.push(performance.now() - started);
    }
    return { facts: rows[0]?.facts ?? 0, whole, copy: copies.sort((a, b) => a - b)[1] ?? NaN };
  } finally {
    client.release();
    await rm(file, { force: true });
    await stop();
  }
}
