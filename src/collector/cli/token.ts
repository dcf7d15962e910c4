import { Command, Option } from 'commander';
import { OptionalName, ROLES, type Role } from '../../api/common';
import { migrate } from '../db/migrate';
import { createToken } from '../http/access-tokens';
import { jsonOption } from './arguments';
import { commandLineActor, withContext } from './open-context';
import { printJson, printLines } from './output';
import { WrongUsage } from './wrong-usage';

interface Options {
  role: Role;
  workspace?: string;
  json?: boolean;
}

/** `chargeback token create`: makes a bearer token for the API and prints it once. */
export function tokenCommand(): Command {
  return new Command('token')
    .description('bearer tokens of the HTTP API')
    .addCommand(
      new Command('create')
        .description('make a token and print it; only its hash is kept, so it cannot be shown again')
        .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).makeOptionMandatory())
        .addOption(new Option('--workspace <name>', 'it sees this workspace only'))
        .addOption(jsonOption())
        .action(create),
    );
}

async function create({ role, workspace, json }: Options): Promise<void> {
  const name = OptionalName.safeParse(workspace ?? '');
  if (!name.success) {
    throw new WrongUsage(`--workspace ${name.error.issues[0]?.message ?? 'is not valid'}`);
  }
  await withContext(async ({ config, pool }) => {
    await migrate(config.databaseUrl, config, config.readerPassword);
    const token = await createToken(pool, { role, workspace: workspace ?? null, actor: commandLineActor() });
    if (json) {
      printJson({ token });
    } else {
      printLines([token]);
    }
  });
}
