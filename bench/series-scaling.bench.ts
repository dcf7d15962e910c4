import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { HOUR } from '../src/domain/hours';
import { startPrometheus } from '../src/testing/prometheus-server';
import { startBenchLedger } from './ledger';
import { syntheticCounters } from './synthetic-counters';

/*
 * How time and memory of collecting one hour grow with the number of series, from 1,000 to 50,000: the exponent of time
 * against series between the ends (1: linear), and the collector's peak resident memory. Each size in a process, a
 * database and a Prometheus of its own; the first hour (which registers the series) and a following one.
 */
const START = Date.parse('2026-01-01T00:00:00Z');
const SIZES = (process.env.BENCH_SIZES ?? '1000,5000,20000,50000').split(',').map(Number);
const run = promisify(execFile);
const results: Array<{ series: number; first_ms: number; next_ms: number; peak_mb: number }> = [];

for (const series of SIZES) {
  const prometheus = await startPrometheus(syntheticCounters({ series, hours: 2, interval: 60_000, start: START }));
  const ledger = await startBenchLedger(prometheus.url, START + 2 * HOUR);
  try {
    const times: Array<{ milliseconds: number; peak_mb: number }> = [];
    for (const hour of [0, 1]) {
      const { CHARGEBACK_CONFIG: _, ...environment } = process.env;
      const { stdout } = await run(process.execPath, ['scripts/run-ts.mjs', 'bench/collect-once.ts'], {
        env: {
          ...environment,
          DATABASE_URL: ledger.database.url,
          PROMETHEUS_URL: prometheus.url,
          NODE_OPTIONS: process.env.BENCH_NODE_OPTIONS ?? '',
          BENCH_FROM: String(START + hour * HOUR),
          BENCH_TO: String(START + (hour + 1) * HOUR),
        },
      });
      times.push(JSON.parse(stdout) as { milliseconds: number; peak_mb: number });
    }
    const [first, next] = times;
    results.push({
      series,
      first_ms: Math.round(first?.milliseconds ?? NaN),
      next_ms: Math.round(next?.milliseconds ?? NaN),
      peak_mb: Math.round(Math.max(...times.map(({ peak_mb }) => peak_mb))),
    });
  } finally {
    await ledger.stop();
    await prometheus.stop();
  }
}
const exponent = (key: 'first_ms' | 'next_ms') => {
  const [small, large] = [results[0], results.at(-1)];
  return small && large ? (Math.log(large[key] / small[key]) / Math.log(large.series / small.series)).toFixed(2) : null;
};
console.log(
  JSON.stringify({
    bench: 'series-scaling',
    exponent_first: exponent('first_ms'),
    exponent_next: exponent('next_ms'),
    results,
  }),
);
