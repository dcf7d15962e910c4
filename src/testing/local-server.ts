import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program of this machine that serves HTTP on loopback for a test. */
export interface LocalServer {
  url: string;
  /** Everything it has written so far. */
  log(): string;
  stop(): Promise<void>;
}

interface Start {
  command: string;
  args: string[];
  /** The whole environment; this process's own when absent. */
  environment?: Record<string, string>;
  /** The URL once it can be known from what the program has written so far, else undefined. */
  url(log: string): string | undefined;
  /** Path that answers 2xx when the server is ready. */
  ready: string;
}

/** Starts a server and waits until it is ready; an error with its last words when it ends before that or takes over 60 s. */
export async function startServer({ command, args, environment, url, ready }: Start): Promise<LocalServer> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: environment ?? process.env });
  const words: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => words.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => words.push(chunk.toString()));
  const log = () => words.join('');
  let failure: Error | undefined;
  child.on('error', (error) => (failure = error));
  // A test run that is broken off must not leave servers behind.
  const endWithUs = () => child.kill('SIGKILL');
  process.on('exit', endWithUs);
  const stop = async () => {
    process.off('exit', endWithUs);
    await end(child);
  };

  const deadline = Date.now() + 60_000;
  for (;;) {
    if (failure || child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`${command} did not start: ${failure?.message ?? ''}\n${log().slice(-3000)}`);
    }
    const base = url(log());
    if (base && (await answers(`${base}${ready}`))) {
      return { url: base, log, stop };
    }
    await sleep(25);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const impatient = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(impatient);
}

/** A port of loopback that is free now, for programs that cannot be given port 0. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
