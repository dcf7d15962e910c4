import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { HOUR } from '../domain/hours';
import { END, openMetricsOf } from './openmetrics';
import { OrganisationHistory } from './organisation-history';
import type { Pace } from './scrapes';
import { DAY } from './week';

/** Length of the blocks that promtool makes (hours): one of its own steps (2 · 3ⁿ), so that a part becomes one block. */
const BLOCK_HOURS = 162;
const BLOCK = BLOCK_HOURS * HOUR;

/**
 * How often the past is scraped (seconds): the last hours as often as the live gateways, so that the running hour has one
 * interval; older days more and more coarsely, to make five weeks in seconds.
 */
const PACE = { live: 15, day: 60, old: 300 };

/**
 * The paces of a history (from, to] (ms). They change on the hour only: what an hour of a gauge amounts to is samples ×
 * interval. An hour that `from` cuts had live samples before and goes on with them.
 */
export function pacesBetween(from: number, to: number): Pace[] {
  const hour = Math.floor(to / HOUR) * HOUR;
  return [
    { to: Math.ceil(from / HOUR) * HOUR, seconds: PACE.live },
    { to: hour - DAY, seconds: PACE.old },
    { to: hour - HOUR, seconds: PACE.day },
    { to, seconds: PACE.live },
  ];
}

/** Writes the samples of (from, to] (ms) as OpenMetrics text to `file`; returns how many bytes it wrote. */
export function writeOpenMetrics(history: OrganisationHistory, range: Range, file: string): number {
  const out = openSync(file, 'w');
  let bytes = 0;
  try {
    for (const piece of openMetricsOf(
      history.between(range.from, range.to, pacesBetween(range.since, range.until), range.until),
    )) {
      bytes += writeSync(out, piece);
    }
    writeSync(out, END);
  } finally {
    closeSync(out);
  }
  return bytes;
}

/** A part (from, to] of a history (since, until]; all in ms. */
interface Range {
  from: number;
  to: number;
  since: number;
  until: number;
}

/** (from, to] cut where promtool's blocks begin, so that each part is read once. A sample on a boundary belongs to the later block. */
function partsOf(from: number, to: number): Range[] {
  const parts: Range[] = [];
  for (let start = from; start < to;) {
    const end = Math.min(to, (Math.floor((start + 1) / BLOCK) + 1) * BLOCK - 1);
    parts.push({ from: start, to: end, since: from, until: to });
    start = end;
  }
  return parts;
}

/** Runs promtool on an OpenMetrics file; rejects with its own words when it fails. */
function createBlocks(promtool: string, file: string, data: string): Promise<void> {
  const args = [
    'tsdb',
    'create-blocks-from',
    'openmetrics',
    '--quiet',
    `--max-block-duration=${BLOCK_HOURS}h`,
    file,
    data,
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(promtool, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let words = '';
    child.stderr.on('data', (chunk) => (words += String(chunk)));
    child.on('error', (error) => reject(new Error(`${promtool} cannot be run (${error.message}); install Prometheus`)));
    child.on('close', (code) => {
      rmSync(file, { force: true });
      return code === 0 ? resolve() : reject(new Error(`promtool could not make blocks from ${file}: ${words.trim()}`));
    });
  });
}

export interface Backfill {
  /** The instant (ms) from which the organisation's days count. */
  start: number;
  from: number;
  to: number;
  /** Prometheus' data folder; no Prometheus may be running on it. */
  data: string;
  promtool: string;
  /** Called with the share done, 0 to 1. */
  onProgress: (done: number) => void;
}

/** Puts the organisation's samples of (from, to] into Prometheus' data folder, writing one part while promtool reads another. */
export async function backfill({ start, from, to, data, promtool, onProgress }: Backfill): Promise<void> {
  mkdirSync(data, { recursive: true });
  const history = new OrganisationHistory(start);
  let reading: Promise<void> = Promise.resolve();
  for (const [index, part] of partsOf(from, to).entries()) {
    const file = join(data, `backfill-${index}.om`);
    writeOpenMetrics(history, part, file);
    await reading;
    reading = createBlocks(promtool, file, data);
    // A failure is met at the next await; until then it must not end the process as an unhandled one.
    reading.catch(() => undefined);
    onProgress((part.to - from) / (to - from));
  }
  await reading;
}
