import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import { billingMonth } from '../../domain/billing-month';
import type { Context } from '../context';
import { streamSnapshot } from '../db/stream-snapshot';
import { chargebackCsv } from '../export/chargeback-csv';
import { focusCsv } from '../export/focus';
import { readWholeChargeback } from '../ledger/chargeback';
import type { ChargebackScope } from '../ledger/chargeback-scope';
import { periodOption, workspaceOption } from './arguments';
import { withContext } from './open-context';

interface Options {
  period: string;
  workspace?: string;
  out?: string;
}

type Export = (context: Context, scope: ChargebackScope) => Promise<NodeJS.ReadableStream>;

/** `chargeback export csv|focus`: a month as a file. */
export function exportCommand(): Command {
  return new Command('export')
    .description('a month as a file')
    .addCommand(
      format(
        'csv',
        'the chargeback, a line for each application (the file of /v1/chargeback.csv)',
        async (context, scope) =>
          streamSnapshot(context.pool, (db) =>
            chargebackCsv(readWholeChargeback(db, context, scope), context.config.currency),
          ),
      ),
    )
    .addCommand(
      format('focus', 'every cost by day and resource, in the columns of FOCUS 1.1', async (context, scope) =>
        streamSnapshot(context.pool, (db) => focusCsv(db, context, scope)),
      ),
    );
}

function format(name: string, description: string, open: Export): Command {
  return new Command(name)
    .description(description)
    .addOption(periodOption().makeOptionMandatory())
    .addOption(workspaceOption())
    .addOption(new Option('--out <file>', 'file to write (default: stdout)'))
    .action(({ period, workspace, out }: Options) =>
      withContext(async (context) => {
        const { start, end } = billingMonth(period, context.config.timezone);
        const content = await open(context, {
          from: start,
          to: end,
          workspaces: workspace === undefined ? undefined : [workspace],
        });
        await (out === undefined ? pipeline(content, process.stdout, { end: false }) : writeWhole(content, out));
      }),
    );
}

/** Writes beside the file and renames at the end: a file that is there is complete. */
async function writeWhole(content: NodeJS.ReadableStream, path: string): Promise<void> {
  const part = `${path}.part`;
  try {
    await pipeline(content, createWriteStream(part));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
