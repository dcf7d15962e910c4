import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const PROGRAM = join(process.cwd(), 'bin/chargeback.mjs');

/** What a run of the program left behind; `code` is null when a signal ended it. */
export interface ChargebackRun {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunningChargeback {
  kill(signal: NodeJS.Signals): void;
  ended: Promise<ChargebackRun>;
  /** What it has written to stderr so far. */
  log(): string;
}

/** The environment a program started by tests sees: `given` and what Node needs, no CHARGEBACK_ variable of the machine. */
export function programEnvironment(given: Record<string, string>): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, ...given };
}

/** Starts `chargeback ARGUMENTS` as a user would, from the built bundle (jest's global setup builds it). */
export function startChargeback(args: string[], environment: Record<string, string>): RunningChargeback {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: programEnvironment(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  const endWithUs = () => child.kill('SIGKILL');
  process.on('exit', endWithUs);
  const ended = once(child, 'close').then(([code]: Array<number | null>) => {
    process.off('exit', endWithUs);
    return { code: code ?? null, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
  });
  return { kill: (signal) => child.kill(signal), ended, log: () => Buffer.concat(stderr).toString() };
}

/** Runs `chargeback ARGUMENTS` to its end. */
export function runChargeback(args: string[], environment: Record<string, string>): Promise<ChargebackRun> {
  return startChargeback(args, environment).ended;
}

/** Runs it and fails the test with what it wrote when it does not exit 0; returns stdout. */
export async function chargeback(args: string[], environment: Record<string, string>): Promise<string> {
  const { code, stdout, stderr } = await runChargeback(args, environment);
  if (code !== 0) {
    throw new Error(`chargeback ${args.join(' ')} ended with ${code}\n${stdout}\n${stderr}`);
  }
  return stdout;
}
