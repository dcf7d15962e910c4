import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TEAMS } from './teams.mjs';

const DAY = 86_400_000;
const HISTORY = 35 * DAY;

const file = (settings) => join(settings.data, 'state.json');

/**
 * What the demo remembers from one start to the next: `start`, the first instant (ms) of the organisation; `filledTo`,
 * up to where Prometheus got a complete history (null: not yet); `collectedTo`, up to where it was collected, by sourceKey;
 * secrets, among them passwords of the teams' `viewers` by login and their `readers` in PostgreSQL by workspace.
 */
export function readState(settings) {
  const fresh = {
    start: Math.floor(Date.now() / DAY) * DAY - HISTORY,
    filledTo: null,
    collectedTo: {},
    adminToken: randomBytes(24).toString('hex'),
    grafanaKey: randomBytes(24).toString('hex'),
    readerPassword: randomBytes(12).toString('hex'),
    databasePassword: randomBytes(12).toString('hex'),
    viewers: Object.fromEntries(TEAMS.map(({ login }) => [login, randomBytes(9).toString('base64url')])),
    readers: {},
  };
  try {
    // One that an older demo wrote lacks what it did not know.
    return { ...fresh, ...JSON.parse(readFileSync(file(settings), 'utf8')) };
  } catch {
    return fresh;
  }
}

/** Stands for the servers in use: with other ones, nothing was collected yet. */
export function sourceKey({ externalDatabase, externalPrometheus }) {
  return createHash('sha256')
    .update(`${externalDatabase ?? ''} ${externalPrometheus ?? ''}`)
    .digest('hex')
    .slice(0, 16);
}

/** Writes the state so that a kill leaves the old or the new one, never half of it. */
export function writeState(settings, state) {
  mkdirSync(settings.data, { recursive: true });
  writeFileSync(`${file(settings)}.new`, JSON.stringify(state, null, 2), { mode: 0o600 });
  renameSync(`${file(settings)}.new`, file(settings));
}
