import { CommanderError } from 'commander';
import { ClientError } from '../../api/client';
import { ChargebackError, fromDatabase } from '../errors';
import { createProgram } from './program';
import { WrongUsage } from './wrong-usage';

/** Done; failed or found something wrong; wrong usage. */
const [DONE, FAILED, WRONG_USAGE] = [0, 1, 2];

/** Runs `chargeback ARGUMENTS` and returns its exit code. What went wrong is told on stderr. */
export async function runCommand(args: string[]): Promise<number> {
  // A reader that has seen enough (`| head`) is no failure of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') {
      process.exit(DONE);
    }
    throw error;
  });
  try {
    await createProgram().parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? DONE);
  } catch (error) {
    return tell(error);
  }
}

function tell(error: unknown): number {
  if (error instanceof CommanderError) {
    // Commander has written its message; help and version end with code 0.
    return error.exitCode === 0 ? DONE : WRONG_USAGE;
  }
  if (error instanceof WrongUsage) {
    console.error(`error: ${error.message}`);
    return WRONG_USAGE;
  }
  const known = fromDatabase(error);
  if (known instanceof ChargebackError || known instanceof ClientError) {
    console.error(`${known.code}: ${known.message}`);
    return FAILED;
  }
  if (isError(known) && (known.code === '3F000' || known.code === '42P01')) {
    console.error(
      'This database has no ledger yet: run `chargeback migrate` (or `chargeback serve`, which does it by itself).',
    );
  } else if (isError(known) && (known.name === 'AbortError' || known.code === 'ABORT_ERR')) {
    console.error('Interrupted. What was done is complete; run the same command again for the rest.');
  } else if (isError(known) && typeof known.path === 'string') {
    console.error(`${known.path}: ${known.message}`);
  } else {
    console.error(known);
  }
  return FAILED;
}

const isError = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error;
