import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityOf } from './process-identity.mjs';
import { signalGroup } from './signal-group.mjs';

/** How long what is left may take to end after it was asked to (ms), before it is killed. */
const PATIENCE = 15_000;

/** Ends what an earlier demo has left running because it was killed itself; returns the names. */
export async function endLeftovers(settings) {
  const file = join(settings.data, 'processes.json');
  let recorded = [];
  try {
    recorded = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
  const left = recorded.filter(({ pid, identity }) => identity !== null && identityOf(pid) === identity);
  // One that is gone may have left others of its group; no new process can have got that group's number.
  recorded.filter(({ pid }) => identityOf(pid) === null).forEach(({ pid }) => signalGroup(pid, 'SIGKILL'));
  for (const { pid, identity, signal } of left.reverse()) {
    process.kill(pid, signal);
    const deadline = Date.now() + PATIENCE;
    while (identityOf(pid) === identity && Date.now() < deadline) {
      await sleep(50);
    }
    signalGroup(pid, 'SIGKILL');
  }
  rmSync(file, { force: true });
  return left.map(({ name }) => name);
}
