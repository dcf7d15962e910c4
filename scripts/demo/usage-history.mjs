import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { startPrometheus } from './prometheus-server.mjs';
import { ROOT } from './settings.mjs';

export const SIMULATOR = join(ROOT, 'dist-collector/simulator.mjs');

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The instant (ms) of the last sample in Prometheus' blocks; null without any. */
function lastSample(data) {
  const ends = readdirSync(data)
    .map((name) => join(data, name, 'meta.json'))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')).maxTime - 1);
  return ends.length === 0 ? null : Math.max(...ends);
}

/**
 * Turns what Prometheus holds in memory and in its log into blocks. Needed before blocks are added behind: Prometheus
 * drops from its log whatever is older than the newest block.
 */
async function flush({ settings, processes, folder, data }) {
  const port = await freePort();
  const flags = ['--web.enable-admin-api'];
  const prometheus = await startPrometheus({
    settings,
    processes,
    folder,
    name: 'prometheus-flush',
    port,
    scrapes: [],
    flags,
  });
  const response = await fetch(`${prometheus.url}/api/v1/admin/tsdb/snapshot`, { method: 'POST' });
  const body = await response.json();
  await prometheus.stop();
  if (body.status !== 'success') {
    throw new Error(`Prometheus could not write a snapshot: ${body.error}; "npm run demo -- --fresh" starts over`);
  }
  renameSync(join(data, 'snapshots', body.data.name), `${data}.new`);
  // In this order a kill at any point leaves one complete folder, which the next start finds.
  renameSync(data, `${data}.old`);
  renameSync(`${data}.new`, data);
  rmSync(`${data}.old`, { recursive: true });
}

/**
 * Fills Prometheus' data up to now with what the organisation did: all of its history at the first start, later the
 * time in which the demo was not running. Returns the instants (ms) between which samples were made, or null.
 */
export async function fillHistory({ settings, state, processes, folder, progress }) {
  const data = join(settings.data, 'prometheus');
  if (!existsSync(data) && existsSync(`${data}.new`)) {
    renameSync(`${data}.new`, data);
  }
  rmSync(`${data}.new`, { recursive: true, force: true });
  rmSync(`${data}.old`, { recursive: true, force: true });
  if (state.filledTo === null) {
    rmSync(data, { recursive: true, force: true });
  }
  mkdirSync(data, { recursive: true });
  for (const name of readdirSync(data).filter((file) => file.endsWith('.om'))) {
    rmSync(join(data, name));
  }
  if (state.filledTo !== null) {
    await flush({ settings, processes, folder, data });
  }
  const from = lastSample(data) ?? state.start;
  const to = Math.floor(Date.now() / 1000) * 1000;
  if (to <= from) {
    return null;
  }
  const iso = (at) => new Date(at).toISOString();
  const args = [
    SIMULATOR,
    'backfill',
    '--start',
    iso(state.start),
    '--from',
    iso(from),
    '--to',
    iso(to),
    '--data',
    data,
  ];
  await processes.run('backfill', {
    command: process.execPath,
    args: [...args, '--promtool', join(folder, 'promtool')],
    onLine: (line) => progress(JSON.parse(line).done),
  });
  return { from, to };
}
