import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityOf } from './process-identity.mjs';
import { signalGroup } from './signal-group.mjs';

/** How long a process may take to end after it was asked to (ms), before it is killed. */
const PATIENCE = 15_000;

/**
 * The processes that the demo has started. Each leads a group of its own, so that Ctrl-C reaches the demo alone and it
 * can end them in order, with whatever they have started. All are written to `processes.json`: should the demo be
 * killed, the next one finds what it left running.
 */
export class Processes {
  #running = [];
  #file;
  #logs;
  #onEnd;

  /** `onEnd(name, how, log)` is called when a server ends that nobody has stopped. */
  constructor(settings, onEnd) {
    this.#file = join(settings.data, 'processes.json');
    this.#logs = settings.logs;
    this.#onEnd = onEnd;
    mkdirSync(this.#logs, { recursive: true });
    process.on('exit', () => this.#running.forEach(({ pid }) => signalGroup(pid, 'SIGKILL')));
  }

  #spawn(name, { command, args = [], signal = 'SIGTERM', ...options }, stdio) {
    const child = spawn(command, args, { ...options, stdio, detached: true });
    const one = { name, pid: child.pid, signal, child, stopping: false };
    one.ended = new Promise((resolve) => {
      child.once('error', (error) => resolve({ code: null, how: `could not be started: ${error.message}` }));
      child.once('exit', (code, by) =>
        resolve({ code, how: by ? `was ended by ${by}` : `ended with exit code ${code}` }),
      );
    }).then((end) => {
      this.#running = this.#running.filter((other) => other !== one);
      this.#record();
      return end;
    });
    if (child.pid !== undefined) {
      one.identity = identityOf(child.pid);
      this.#running.push(one);
      this.#record();
    }
    return one;
  }

  #record() {
    const processes = this.#running.map(({ name, pid, identity, signal }) => ({ name, pid, identity, signal }));
    writeFileSync(this.#file, JSON.stringify(processes, null, 2));
  }

  /** Starts a server that is to run until it is stopped; what it writes goes to its log. Returns its name, log and end. */
  startServer(name, program) {
    const log = join(this.#logs, `${name}.log`);
    const out = openSync(log, 'w');
    const one = this.#spawn(name, program, ['ignore', out, out]);
    closeSync(out);
    void one.ended.then(({ how }) => {
      if (!one.stopping) {
        this.#onEnd(name, how, log);
      }
    });
    return { name, log, ended: one.ended, isRunning: () => this.#running.includes(one), stop: () => this.#stop(one) };
  }

  /**
   * Runs a program to its end. `show: true` lets it write to the terminal; else it writes to its log, and `onLine` gets
   * each line of its output. Returns its output; throws with its last words when it fails.
   */
  async run(name, { show = false, onLine = () => undefined, ...program }) {
    if (show) {
      const { code, how } = await this.#spawn(name, program, ['ignore', 'inherit', 'inherit']).ended;
      if (code !== 0) {
        throw new Error(`${name} ${how}`);
      }
      return '';
    }
    const log = join(this.#logs, `${name.replace(/\W+/g, '-')}.log`);
    const errors = openSync(log, 'w');
    const one = this.#spawn(name, program, ['ignore', 'pipe', errors]);
    closeSync(errors);
    let output = '';
    let line = '';
    one.child.stdout?.on('data', (chunk) => {
      output += chunk;
      const lines = (line + chunk).split('\n');
      line = lines.pop() ?? '';
      lines.forEach(onLine);
    });
    const closed = new Promise((resolve) => one.child.once('close', resolve).once('error', resolve));
    const { code, how } = await one.ended;
    await closed;
    if (code !== 0) {
      throw new Error(`${name} ${how}\n${lastWords(log, output)}`);
    }
    return output;
  }

  async #stop(one) {
    one.stopping = true;
    try {
      process.kill(one.pid, one.signal);
    } catch {
      // It has just ended by itself.
    }
    const impatient = new AbortController();
    await Promise.race([one.ended, sleep(PATIENCE, null, { signal: impatient.signal }).catch(() => undefined)]);
    impatient.abort();
    signalGroup(one.pid, 'SIGKILL');
    await one.ended;
  }

  /** Ends everything, what was started last first. */
  async stopAll() {
    for (const one of [...this.#running].reverse()) {
      await this.#stop(one);
    }
    rmSync(this.#file, { force: true });
  }

  /** Kills everything at once. */
  killAll() {
    for (const one of this.#running) {
      one.stopping = true;
      signalGroup(one.pid, 'SIGKILL');
    }
  }
}

/** The end of a log file, or of the output when the log is empty. */
export function lastWords(log, output = '') {
  let text = '';
  try {
    text = readFileSync(log, 'utf8');
  } catch {
    // Nothing was written.
  }
  return (text.trim() || output.trim()).split('\n').slice(-15).join('\n');
}
