import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf } from './process-identity.mjs';

/** Makes this the only demo of the checkout. Returns a sentence when another one runs, else null. */
export function claim(settings) {
  const file = join(settings.data, 'demo.json');
  mkdirSync(settings.data, { recursive: true });
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(file, JSON.stringify({ pid: process.pid, identity: identityOf(process.pid) }), { flag: 'wx' });
      return null;
    } catch (error) {
      if (error.code !== 'EEXIST' || attempt > 3) {
        throw error;
      }
    }
    const { pid, identity } = readClaim(file);
    if (pid !== undefined && identityOf(pid) === identity) {
      return `a demo of this checkout is already running (process ${pid}); stop it with Ctrl-C in its terminal or with: kill ${pid}`;
    }
    rmSync(file, { force: true });
  }
}

function readClaim(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

/** Lets another demo start. */
export function release(settings) {
  rmSync(join(settings.data, 'demo.json'), { force: true });
}
