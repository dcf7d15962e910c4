import { setFlagsFromString } from 'node:v8';
import pino from 'pino';
import { loadConfig } from '../src/collector/config';
import { createPool } from '../src/collector/db/pool';
import { collect } from '../src/collector/metering/collect';
import { PrometheusClient } from '../src/collector/metering/prometheus/client';

// As bin/chargeback.mjs starts it.
setFlagsFromString('--heap-growing-percent=30');

/*
 * One collection in a process of its own, so that its memory is that of the collector alone: the environment says
 * where, BENCH_FROM and BENCH_TO (milliseconds) say what. Prints milliseconds and peak resident memory.
 */
const config = loadConfig(process.env);
const pool = createPool(config.databaseUrl);
const prometheus = new PrometheusClient(config.prometheusUrl);
const [from, to] = [Number(process.env.BENCH_FROM), Number(process.env.BENCH_TO)];
await pool.query('select 1');
const begun = performance.now();
const { meters } = await collect(
  { config, pool, prometheus, now: () => to, log: pino({ level: 'silent' }) },
  { from, to, meters: ['kafka_ingress_bytes'] },
);
const milliseconds = performance.now() - begun;
await pool.end();
console.log(
  JSON.stringify({
    milliseconds,
    peak_mb: process.resourceUsage().maxRSS / 1024,
    errors: meters.flatMap(({ errors }) => errors),
  }),
);
