import { ChargebackError } from '../errors';

/** Values on the command line that cannot be: exit code 2, while a file or a ledger with a problem is a failure, 1. */
export class WrongUsage extends Error {}

/** Runs `work` with values of the command line; an INVALID_REQUEST is then about them. */
export async function withArguments<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ChargebackError && error.code === 'INVALID_REQUEST'
      ? new WrongUsage(error.message, { cause: error })
      : error;
  }
}
