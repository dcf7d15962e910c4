import { readFileSync } from 'node:fs';
import { ChargebackError } from '../errors';

/** The text of a file that was named on the command line, `-` for stdin; throws INVALID_FILE when it cannot be read. */
export function readInput(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    throw new ChargebackError(
      'INVALID_FILE',
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      [],
      { cause: error },
    );
  }
}
