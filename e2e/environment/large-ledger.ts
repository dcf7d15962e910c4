import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Fills an empty database with two months of 5,000 applications in 500 workspaces (see src/testing/large-ledger.ts). */
export async function fillLargeLedger(databaseUrl: string): Promise<void> {
  const { PATH = '', HOME = '' } = process.env;
  await run(
    process.execPath,
    [join(process.cwd(), 'scripts/run-ts.mjs'), join(process.cwd(), 'src/testing/large-ledger.ts'), databaseUrl],
    { env: { PATH, HOME } },
  );
}
