import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { monthFrom, usageMonth } from './known-usage';
import { createOwnDatabase } from './own-database';
import { startCollector } from './start';

const run = promisify(execFile);
const PROGRAM = join(process.cwd(), 'bin/chargeback.mjs');

/**
 * Another collector with a database of its own, in which the month of the known usage is
 * collected and closed: closing cannot be taken back, so that it has no place in the ledger that the journeys share.
 */
export async function startClosedLedger(
  variables: Record<string, string>,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const database = await createOwnDatabase(variables.DATABASE_URL ?? '');
  const own = { ...variables, DATABASE_URL: database.url };
  const { PATH = '', HOME = '' } = process.env;
  const chargeback = (...args: string[]) => run(process.execPath, [PROGRAM, ...args], { env: { PATH, HOME, ...own } });
  try {
    await chargeback('migrate');
    await chargeback('rates', 'apply', join(variables.CHARGEBACK_CONFIG ?? '', 'rates.yaml'));
    await chargeback(
      'collect',
      '--from',
      `${usageMonth()}-01T00:00:00Z`,
      '--to',
      `${monthFrom(new Date(), 0)}-01T00:00:00Z`,
    );
    await chargeback('close', '--period', usageMonth());
    const collector = await startCollector(own);
    return {
      url: collector.url,
      stop: async () => {
        await collector.stop();
        await database.drop();
      },
    };
  } catch (error) {
    await database.drop();
    throw error;
  }
}
