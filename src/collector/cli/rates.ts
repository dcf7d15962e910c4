import { Command } from 'commander';
import type { RateCard } from '../../api/rate-cards';
import { migrate } from '../db/migrate';
import { loadMeters } from '../metering/meters';
import { loadStoredMeters } from '../metering/stored-meters';
import { applyRates, listRateCards } from '../rating/rate-cards';
import { parseRatesFile } from '../rating/rates-file';
import { jsonOption } from './arguments';
import { commandLineActor, withContext } from './open-context';
import { printJson, printLines, table } from './output';
import { readInput } from './read-input';

/** `chargeback rates apply FILE` and `chargeback rates list`. */
export function ratesCommand(): Command {
  return new Command('rates')
    .description('prices')
    .addCommand(
      new Command('apply')
        .description('apply the rate cards of a YAML file; what depends on them is rated again when this ends')
        .argument('<file>', 'for example rates.yaml; - is stdin')
        .addOption(jsonOption())
        .action(apply),
    )
    .addCommand(
      new Command('list').description('list the rate cards, newest first').addOption(jsonOption()).action(list),
    );
}

async function apply(path: string, { json }: { json?: boolean }): Promise<void> {
  const text = readInput(path);
  await withContext(async (context) => {
    const { config, pool } = context;
    const slugs = loadMeters(config.configFolder).map(({ slug }) => slug);
    const file = parseRatesFile(text, path, slugs);
    await migrate(config.databaseUrl, config, config.readerPassword);
    await loadStoredMeters(pool, config.configFolder);
    const result = await applyRates(context, file, commandLineActor());
    if (json) {
      printJson(result);
    } else {
      printLines([`Rate cards: ${result.created} created, ${result.changed} changed, ${result.unchanged} unchanged.`]);
    }
  });
}

async function list({ json }: { json?: boolean }): Promise<void> {
  await withContext(async ({ pool }) => {
    const cards = await listRateCards(pool);
    if (json) {
      printJson({ data: cards });
    } else {
      printLines(
        cards.length > 0
          ? table(['id', 'name', 'workspace', 'valid from', 'currency', 'prices'], cards.map(row))
          : ['There are no rate cards yet.'],
      );
    }
  });
}

function row({ id, name, workspace, valid_from, currency, prices }: RateCard): string[] {
  const texts = Object.entries(prices).map(
    ([meter, { per, unit_price, tiers }]) =>
      `${meter} ${unit_price ?? `${tiers?.length ?? 0} tiers`}${per === '1' ? '' : ` per ${per}`}`,
  );
  return [String(id), name, workspace || '(all)', valid_from, currency, texts.join(', ')];
}
