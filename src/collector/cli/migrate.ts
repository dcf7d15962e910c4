import { Command } from 'commander';
import { migrate } from '../db/migrate';
import { jsonOption } from './arguments';
import { withContext } from './open-context';
import { printJson, printLines } from './output';

/** `chargeback migrate`: brings the database to the newest schema. */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description('bring the database to the newest schema; any number may do so at once')
    .addOption(jsonOption())
    .action(({ json }: { json?: boolean }) =>
      withContext(async ({ config }) => {
        const applied = await migrate(config.databaseUrl, config, config.readerPassword);
        if (json) {
          printJson({ applied });
        } else {
          printLines(applied.length > 0 ? applied.map((name) => `applied ${name}`) : ['The database is up to date.']);
        }
      }),
    );
}
