import { Command, Option } from 'commander';
import type { z } from 'zod';
import type { Client } from '../../api/client';
import { COST_DIMENSIONS, GRANULARITIES, type CostDimension, type CostRow, type CostsQuery } from '../../api/costs';
import { currencyCode, instant, jsonOption, several } from './arguments';
import { printJson, printLines, table } from './output';
import { remoteClient } from './remote-client';
import { WrongUsage } from './wrong-usage';

interface Options {
  from: number;
  to: number;
  groupBy: string;
  granularity: (typeof GRANULARITIES)[number];
  where?: string[];
  currency?: string;
  json?: boolean;
  csv?: boolean;
}

/** `chargeback costs`: costs of a range from a collector over HTTP, all pages of them. */
export function costsCommand(): Command {
  return new Command('costs')
    .description('costs of a range of hours, asked of a collector over HTTP (CHARGEBACK_URL, CHARGEBACK_TOKEN)')
    .addOption(new Option('--from <time>', 'first hour, ISO 8601').argParser(instant).makeOptionMandatory())
    .addOption(new Option('--to <time>', 'end of the range, not part of it').argParser(instant).makeOptionMandatory())
    .addOption(new Option('--group-by <dimensions>', `comma-separated: ${COST_DIMENSIONS.join(', ')}`).default(''))
    .addOption(new Option('--granularity <size>', 'what a row is of').choices(GRANULARITIES).default('total'))
    .addOption(new Option('--where <dimension=value>', 'only these; may be given several times').argParser(several))
    .addOption(new Option('--currency <code>', 'one currency only').argParser(currencyCode))
    .addOption(jsonOption().conflicts('csv'))
    .addOption(new Option('--csv', 'print the CSV file of /v1/costs.csv'))
    .action(async (options: Options) => print(remoteClient(), question(options), options));
}

type Question = Omit<z.input<typeof CostsQuery>, 'limit' | 'cursor'>;

function question({ from, to, groupBy, granularity, where = [], currency }: Options): Question {
  const filters: Partial<Record<CostDimension, string[]>> = {};
  for (const text of where) {
    const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(text) ?? [];
    const dimension = COST_DIMENSIONS.find((one) => one === name);
    if (!dimension || !text.includes('=')) {
      throw new WrongUsage(`--where ${text}: it must be DIMENSION=VALUE, with one of ${COST_DIMENSIONS.join(', ')}`);
    }
    filters[dimension] = [...(filters[dimension] ?? []), value];
  }
  return {
    from_ts: new Date(from).toISOString(),
    to_ts: new Date(to).toISOString(),
    granularity,
    group_by: groupBy,
    ...(currency !== undefined && { currency }),
    ...filters,
  };
}

async function print(client: Client, asked: Question, { json, csv }: Options): Promise<void> {
  if (csv) {
    const { content } = await client.getCostsFile(asked);
    process.stdout.write(await content.text());
    return;
  }
  const rows: CostRow[] = [];
  for await (const row of client.each('getCosts', asked)) {
    rows.push(row);
  }
  if (json) {
    printJson({ data: rows });
  } else {
    printLines(readable(rows, asked));
  }
}

function readable(rows: CostRow[], { granularity, group_by = '' }: Question): string[] {
  const groups = COST_DIMENSIONS.filter((dimension) => group_by.split(',').some((part) => part.trim() === dimension));
  const starts = granularity === 'total' ? [] : ['Start'];
  return table(
    [...starts, ...groups, 'Quantity', 'Unit', 'Cost', 'Currency'],
    rows.map((row) => [
      ...(granularity === 'total' ? [] : [row.start ?? '']),
      ...groups.map((group) => row[group] || (group === 'workspace' ? 'Unallocated' : '')),
      row.quantity ?? '',
      row.unit ?? '',
      row.cost,
      row.currency,
    ]),
    ['Quantity', 'Cost'],
  );
}
