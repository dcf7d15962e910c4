import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { ROOT } from '../demo/settings.mjs';

const GROUPS = process.platform !== 'win32';
let running;
let stopping = false;

const isAlive = (group) => {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
};

const send = (child, signal) => {
  try {
    process.kill(GROUPS ? -child.pid : child.pid, signal);
  } catch {
    // It has ended by itself.
  }
};

/** True once `group` has no process left, or false after `milliseconds`. */
async function ended(group, milliseconds) {
  for (const until = Date.now() + milliseconds; Date.now() < until;) {
    if (!isAlive(group)) {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return !isAlive(group);
}

/**
 * Runs a command in a process group of its own, so that whatever it leaves running can be found and ended. Resolves
 * with its exit code (1 when a signal ended it or it could not start) and whether it left a process behind.
 */
export async function runStep([command, ...args], environment) {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: GROUPS,
  });
  running = child;
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      resolve(1);
    });
    child.once('exit', (status) => resolve(status ?? 1));
  });
  if (stopping) {
    // The signal's handler ends this process; no further step may begin meanwhile.
    await new Promise(() => {});
  }
  running = undefined;
  if (!GROUPS || child.pid === undefined || (await ended(child.pid, 5000))) {
    return { code, leftRunning: false };
  }
  send(child, 'SIGTERM');
  if (!(await ended(child.pid, 5000))) {
    send(child, 'SIGKILL');
  }
  return { code, leftRunning: true };
}

// The group of a step does not hear the terminal's Ctrl-C by itself.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, async () => {
    if (stopping) {
      return;
    }
    stopping = true;
    const child = running;
    if (child) {
      send(child, signal === 'SIGHUP' ? 'SIGTERM' : signal);
      if (GROUPS && !(await ended(child.pid, 10_000))) {
        send(child, 'SIGKILL');
      }
    }
    process.exit(128 + constants.signals[signal]);
  });
}
