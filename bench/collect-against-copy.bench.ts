import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { HOUR } from '../src/domain/hours';
import { collect } from '../src/collector/metering/collect';
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

const prometheus = await startPrometheus(syntheticCounters({ series: SERIES, hours: HOURS, interval: 300_000, start: START }));
const ledger = await startBenchLedger(prometheus.url, START + HOURS * HOUR);
try {
  const { context, database } = ledger;
  const begun = performance.now();
  await collect(context, { from: START, to: START + HOURS * HOUR, meters: ['kafka_ingress_bytes'] });
  const whole = performance.now() - begun;
  const pipelineOnly = whole - ledger.prometheus.spent;

  const file = join(tmpdir(), `chargeback-bench-${process.pid}.copy`);
  const client = await database.pool.connect();
  const { rows } = await client.query<{ facts: number }>('select count(*)::integer as facts from chargeback_data.fact');
  const facts = rows[0]?.facts ?? 0;
  await pipeline(client.query(copyTo('copy (select * from chargeback_data.fact order by hour, meter_id, resource_id) to stdout')), createWriteStream(file));
  const copies: number[] = [];
  for (let attempt = 0; attempt < 3; attempt++) {
    await client.query('drop table if exists chargeback_data.copied; create table chargeback_data.copied (like chargeback_data.fact including all); checkpoint');
    const started = performance.now();
    await pipeline(createReadStream(file), client.query(copyFrom('copy chargeback_data.copied from stdin')));
    copies.push(performance.now() - started);
  }
  client.release();
  await rm(file);
  const copy = copies.sort((a, b) => a - b)[1] ?? NaN;
  const perSecond = (milliseconds: number) => Math.round((facts / milliseconds) * 1000);
  console.log(JSON.stringify({
    bench: 'collect-against-copy',
    series: SERIES, hours: HOURS, facts,
    copy_facts_per_second: perSecond(copy),
    pipeline_facts_per_second: perSecond(pipelineOnly),
    whole_facts_per_second: perSecond(whole),
    pipeline_over_copy: (copy / pipelineOnly).toFixed(2),
    whole_over_copy: (copy / whole).toFixed(2),
    prometheus_share: (ledger.prometheus.spent / whole).toFixed(2),
  }));
} finally {
  await ledger.stop();
  await prometheus.stop();
}
