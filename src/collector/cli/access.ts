import { Command, Option } from 'commander';
import type { Grant } from '../../api/access';
import { parseAccessFile } from '../access/access-file';
import { applyAccess, getAccess } from '../access/access-store';
import { effectiveAccess } from '../access/effective-access';
import { migrate } from '../db/migrate';
import { jsonOption, several } from './arguments';
import { commandLineActor, withContext } from './open-context';
import { printJson, printLines, table } from './output';
import { readInput } from './read-input';

/** `chargeback access apply`, `list` and `who`: who may see which workspaces. */
export function accessCommand(): Command {
  return new Command('access')
    .description('who may see which workspaces')
    .addCommand(
      new Command('apply')
        .description('replace the grants by those of a YAML file; they hold for the next request')
        .argument('<file>', 'for example access.yaml; - is stdin')
        .addOption(jsonOption())
        .action(apply),
    )
    .addCommand(new Command('list').description('list the grants in force').addOption(jsonOption()).action(list))
    .addCommand(
      new Command('who')
        .description('what somebody sees who is no administrator, and by which grants')
        .addOption(new Option('--login <login>', 'in Grafana'))
        .addOption(new Option('--team <team>', 'id or name of a team in Grafana; may be repeated').argParser(several))
        .addOption(new Option('--email <address>', 'that Grafana has verified'))
        .addOption(new Option('--organization <organization>', 'its id or name in Grafana'))
        .addOption(jsonOption())
        .action(who),
    );
}

async function apply(path: string, { json }: { json?: boolean }): Promise<void> {
  const grants = parseAccessFile(readInput(path), path);
  await withContext(async ({ config, pool }) => {
    await migrate(config.databaseUrl, config, config.readerPassword);
    const result = await applyAccess(pool, grants, commandLineActor());
    if (json) {
      printJson(result);
    } else {
      printLines([`Access version ${result.version}: ${result.grants.length} grants.`]);
    }
  });
}

async function list({ json }: { json?: boolean }): Promise<void> {
  await withContext(async ({ config, pool }) => {
    const access = await getAccess(pool);
    if (json) {
      printJson({ ...access, default_access: config.defaultAccess });
    } else {
      printLines([
        ...table(['for', 'workspaces'], access.grants.map(row)),
        `Whom no grant fits: ${config.defaultAccess === 'all' ? 'everything' : 'nothing'} (CHARGEBACK_DEFAULT_ACCESS).`,
      ]);
    }
  });
}

function row({ workspaces, ...whom }: Grant): string[] {
  const [[kind = '', value = ''] = []] = Object.entries(whom);
  return [`${kind.replace('_', ' ')} ${String(value)}`, workspaces.join(', ')];
}

interface Person {
  login?: string;
  team?: string[];
  email?: string;
  organization?: string;
  json?: boolean;
}

async function who({ json, ...person }: Person): Promise<void> {
  await withContext(async (context) => {
    const found = await effectiveAccess(context, person);
    if (json) {
      printJson(found);
      return;
    }
    const sees = found.workspaces === null ? 'everything, also what is unallocated' : found.workspaces.join(', ');
    printLines([
      `Sees ${sees || 'nothing'}.`,
      found.by_default
        ? `No grant fits, so CHARGEBACK_DEFAULT_ACCESS=${context.config.defaultAccess} decides.`
        : `By ${found.grants.map(({ place, grant }) => `grant ${place} (${row(grant)[0]})`).join(', ')}.`,
    ]);
  });
}
