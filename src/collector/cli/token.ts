import { Command, InvalidArgumentError, Option } from 'commander';
import { Name, ROLES, type Role } from '../../api/common';
import type { AccessToken } from '../../api/tokens';
import { createToken, listTokens, revokeToken } from '../access/tokens';
import { migrate } from '../db/migrate';
import { instant, jsonOption, several } from './arguments';
import { commandLineActor, withContext } from './open-context';
import { printJson, printLines, table } from './output';
import { WrongUsage } from './wrong-usage';

interface CreateOptions {
  role: Role;
  name?: string;
  workspace?: string[];
  expires?: number;
  json?: boolean;
}

/** `chargeback token create`, `list` and `revoke`: bearer tokens of the API. */
export function tokenCommand(): Command {
  return new Command('token')
    .description('bearer tokens of the HTTP API')
    .addCommand(
      new Command('create')
        .description('make a token and print it; only its hash is kept, so it cannot be shown again')
        .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).makeOptionMandatory())
        .addOption(new Option('--name <name>', 'where it is used; what it does is recorded under this name'))
        .addOption(
          new Option(
            '--workspace <name>',
            'it sees this workspace only, or those of a glob such as "pay-*"; may be repeated',
          ).argParser(several),
        )
        .addOption(
          new Option('--expires <time>', 'from when on it is refused, for example 2027-01-01T00:00:00Z').argParser(
            instant,
          ),
        )
        .addOption(jsonOption())
        .action(create),
    )
    .addCommand(
      new Command('list')
        .description('list the tokens with role, end and last use')
        .addOption(jsonOption())
        .action(list),
    )
    .addCommand(
      new Command('revoke')
        .description('make a token useless, for ever')
        .argument('<id>', 'as in the list', wholeNumber)
        .addOption(jsonOption())
        .action(revoke),
    );
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw new InvalidArgumentError('It must be the id of a token, a whole number.');
  }
  return Number(text);
}

async function create({ role, name, workspace, expires, json }: CreateOptions): Promise<void> {
  const wrong = [
    ...(name === undefined ? [] : findings('--name', name)),
    ...(workspace ?? []).flatMap((one) => findings('--workspace', one)),
  ];
  if (wrong.length > 0) {
    throw new WrongUsage(wrong.join('\n'));
  }
  await withContext(async ({ config, pool, now }) => {
    await migrate(config.databaseUrl, config, config.readerPassword);
    const made = await createToken(
      pool,
      {
        role,
        name,
        workspaces: workspace ?? null,
        expires_at: expires === undefined ? null : new Date(expires).toISOString(),
      },
      { actor: commandLineActor(), now: now() },
    );
    if (json) {
      printJson(made);
    } else {
      printLines([made.token]);
    }
  });
}

const findings = (option: string, text: string): string[] =>
  (Name.safeParse(text).error?.issues ?? []).map(({ message }) => `${option} ${message}`);

async function list({ json }: { json?: boolean }): Promise<void> {
  await withContext(async ({ pool, now }) => {
    const tokens = await listTokens(pool, now());
    if (json) {
      printJson({ data: tokens });
    } else {
      printLines(
        tokens.length > 0
          ? table(
              ['id', 'name', 'role', 'workspaces', 'state', 'expires', 'last used', 'created by'],
              tokens.map(row),
              ['id'],
            )
          : ['There are no tokens yet.'],
      );
    }
  });
}

const row = ({ id, name, role, workspaces, state, expires_at, last_used_at, created_by }: AccessToken): string[] => [
  String(id),
  name,
  role,
  workspaces?.join(', ') ?? 'all',
  state,
  expires_at ?? 'never',
  last_used_at ?? 'never',
  created_by,
];

async function revoke(id: number, { json }: { json?: boolean }): Promise<void> {
  await withContext(async ({ pool, now }) => {
    const token = await revokeToken(pool, id, { actor: commandLineActor(), now: now() });
    if (json) {
      printJson(token);
    } else {
      printLines([`Token ${token.id} (${token.name}) is revoked.`]);
    }
  });
}
