import { Command } from 'commander';
import { migrate } from '../db/migrate';
import { applyDirectory } from '../directory/directory';
import { parseDirectoryFile } from '../directory/directory-file';
import { loadStoredMeters } from '../metering/stored-meters';
import { jsonOption } from './arguments';
import { commandLineActor, withContext } from './open-context';
import { printJson, printLines } from './output';
import { readInput } from './read-input';

/** `chargeback directory apply FILE`. */
export function directoryCommand(): Command {
  return new Command('directory')
    .description('who owns what')
    .addCommand(
      new Command('apply')
        .description('replace the directory by a YAML file; what depends on it is rated again when this ends')
        .argument('<file>', 'for example directory.yaml; - is stdin')
        .addOption(jsonOption())
        .action(apply),
    );
}

async function apply(path: string, { json }: { json?: boolean }): Promise<void> {
  const { rules } = parseDirectoryFile(readInput(path), path);
  await withContext(async (context) => {
    const { config, pool } = context;
    await migrate(config.databaseUrl, config, config.readerPassword);
    await loadStoredMeters(pool, config.configFolder);
    const result = await applyDirectory(context, rules, commandLineActor());
    if (json) {
      printJson(result);
    } else {
      printLines([
        `Directory version ${result.version}: ${result.rules.length} rules; ${result.resources_changed} resources have other owners, ${result.facts_changed} facts changed.`,
      ]);
    }
  });
}
