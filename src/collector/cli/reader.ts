import { text } from 'node:stream/consumers';
import { Command, InvalidArgumentError, Option } from 'commander';
import { Name } from '../../api/common';
import { addressOf, datasourceUid, readerDatasource, type DatabaseAddress } from '../access/reader-datasource';
import { createReader, dropReader, listReaders, renewReader, type ReaderWithPassword } from '../access/readers';
import { migrate } from '../db/migrate';
import { jsonOption, several } from './arguments';
import { commandLineActor, withContext } from './open-context';
import { printJson, printLines, table } from './output';
import { WrongUsage } from './wrong-usage';

interface DatasourceOptions {
  address?: string;
  sslmode?: string;
  organization?: number;
  passwordStdin?: boolean;
  json?: boolean;
}
interface CreateOptions extends DatasourceOptions {
  name?: string;
  workspace: string[];
}

/** `chargeback reader create`, `list`, `renew` and `drop`: logins of PostgreSQL for the datasources of teams. */
export function readerCommand(): Command {
  return new Command('reader')
    .description('logins of PostgreSQL that see some workspaces only, for the datasources of teams in Grafana')
    .addCommand(
      withDatasource(
        new Command('create')
          .description('make a login and print the provisioning file of its datasource, with the password')
          .addOption(
            new Option(
              '--workspace <name>',
              'what it sees: a workspace, or those of a glob such as "pay-*", also ones to come; may be repeated',
            )
              .argParser(several)
              .makeOptionMandatory(),
          )
          .addOption(new Option('--name <name>', 'what it is called; the workspaces unless said')),
      ).action(create),
    )
    .addCommand(
      new Command('list').description('list the readers and what they see').addOption(jsonOption()).action(list),
    )
    .addCommand(
      withDatasource(
        new Command('renew')
          .description('give a reader a new password, and its login back where that is missing, as after a restore')
          .argument('<name>', 'as in the list'),
      ).action(renew),
    )
    .addCommand(
      new Command('drop')
        .description('take a login away; what it is connected to shows it nothing any more')
        .argument('<name>', 'as in the list')
        .addOption(jsonOption())
        .action(drop),
    );
}

function withDatasource(command: Command): Command {
  return command
    .addOption(
      new Option('--address <host:port>', 'where Grafana finds PostgreSQL; as in DATABASE_URL unless said').argParser(
        hostAndPort,
      ),
    )
    .addOption(
      new Option('--sslmode <mode>', 'as in DATABASE_URL unless said').choices([
        'disable',
        'require',
        'verify-ca',
        'verify-full',
      ]),
    )
    .addOption(
      new Option('--organization <id>', 'of Grafana, in which the datasource is to be; 1 unless said').argParser(
        wholeNumber,
      ),
    )
    .addOption(new Option('--password-stdin', 'take the password from stdin, and print it nowhere'))
    .addOption(jsonOption());
}

function hostAndPort(value: string): string {
  if (!/^(\[[0-9a-fA-F:]+\]|[^:\s/@]+):\d{1,5}$/.test(value)) {
    throw new InvalidArgumentError('It must be HOST:PORT, for example postgres.example.com:5432.');
  }
  return value;
}

function wholeNumber(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) {
    throw new InvalidArgumentError('It must be the id of an organization, a whole number.');
  }
  return Number(value);
}

async function create({ workspace, name = workspace.join(', '), ...options }: CreateOptions): Promise<void> {
  const wrong = [
    ...findings('--name', name),
    ...workspace.flatMap((one) =>
      one === '*'
        ? ['--workspace must not be "*" alone: what sees everything is the role chargeback_reader']
        : findings('--workspace', one),
    ),
  ];
  if (wrong.length > 0) {
    throw new WrongUsage(wrong.join('\n'));
  }
  const password = await ownPassword(options);
  await withContext(async ({ config, pool }) => {
    await migrate(config.databaseUrl, config, config.readerPassword);
    const reader = await createReader(pool, { name, workspaces: workspace, password }, commandLineActor());
    tell(reader, config.databaseUrl, options);
  });
}

async function renew(name: string, options: DatasourceOptions): Promise<void> {
  const password = await ownPassword(options);
  await withContext(async ({ config, pool }) => {
    tell(await renewReader(pool, { name, password }, commandLineActor()), config.databaseUrl, options);
  });
}

const findings = (option: string, value: string): string[] =>
  (Name.safeParse(value).error?.issues ?? []).map(({ message }) => `${option} ${message}`);

/** The password that stands on stdin, where one is to be taken from there. */
async function ownPassword({ passwordStdin }: DatasourceOptions): Promise<string | undefined> {
  if (!passwordStdin) {
    return undefined;
  }
  const given = (await text(process.stdin)).replace(/\r?\n$/, '');
  if (!/^[\x21-\x7e]{16,200}$/.test(given)) {
    throw new WrongUsage(
      'The password on stdin must have 16 to 200 characters, all of them letters, digits or signs of ASCII.',
    );
  }
  return given;
}

function tell(
  { password, ...reader }: ReaderWithPassword,
  databaseUrl: string,
  { address, sslmode, organization, passwordStdin, json }: DatasourceOptions,
): void {
  const place: DatabaseAddress = {
    ...addressOf(databaseUrl),
    ...(address !== undefined && { address }),
    ...(sslmode !== undefined && { sslmode }),
  };
  const provisioning = readerDatasource(
    reader,
    place,
    passwordStdin ? { variable: `${reader.role.toUpperCase()}_PASSWORD` } : password,
    organization,
  );
  if (json) {
    printJson({
      ...reader,
      ...(passwordStdin ? {} : { password }),
      datasource: { uid: datasourceUid(reader.role), ...place },
      provisioning,
    });
  } else {
    printLines([
      `# The datasource of ${reader.name} for Grafana's folder provisioning/datasources. It sees: ${reader.workspaces.join(', ')}`,
      passwordStdin ? '# The password comes from a variable of Grafana.' : '# The password is shown this once.',
    ]);
    process.stdout.write(provisioning);
  }
}

async function list({ json }: { json?: boolean }): Promise<void> {
  await withContext(async ({ pool }) => {
    const readers = await listReaders(pool);
    if (json) {
      printJson({ data: readers });
    } else {
      printLines(
        readers.length > 0
          ? table(
              ['name', 'workspaces', 'login', 'state', 'created', 'created by'],
              readers.map((one) => [
                one.name,
                one.workspaces.join(', '),
                one.role,
                one.state,
                one.created_at,
                one.created_by,
              ]),
            )
          : ['There are no readers yet.'],
      );
    }
  });
}

async function drop(name: string, { json }: { json?: boolean }): Promise<void> {
  await withContext(async ({ pool }) => {
    const reader = await dropReader(pool, name, commandLineActor());
    if (json) {
      printJson(reader);
    } else {
      printLines([`The reader ${reader.name} (${reader.role}) is gone. Delete its datasource in Grafana, too.`]);
    }
  });
}
