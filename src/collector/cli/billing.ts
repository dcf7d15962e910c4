import { Command, Option } from 'commander';
import type { Chargeback } from '../../api/chargeback';
import { billingMonth, billingMonthOf } from '../../domain/billing-month';
import { Decimal } from '../../domain/decimal';
import { readChargeback } from '../ledger/chargeback';
import { currencyCode, jsonOption, periodOption, workspaceOption } from './arguments';
import { withContext } from './open-context';
import { printJson, printLines, table } from './output';

interface Options {
  period?: string;
  workspace?: string;
  currency?: string;
  json?: boolean;
}

/** `chargeback billing`: who owes what for a month; with --json the shape of /v1/chargeback. */
export function billingCommand(): Command {
  return new Command('billing')
    .description('who owes what for a month')
    .addOption(periodOption().default(undefined, 'the running month'))
    .addOption(workspaceOption())
    .addOption(new Option('--currency <code>', 'ISO 4217 (default: CHARGEBACK_CURRENCY)').argParser(currencyCode))
    .addOption(jsonOption())
    .action(({ period, workspace, currency, json }: Options) =>
      withContext(async (context) => {
        const { timezone } = context.config;
        const { start, end } = period ? billingMonth(period, timezone) : billingMonthOf(context.now(), timezone);
        const chargeback = await readChargeback(context, {
          from: start,
          to: end,
          currency,
          workspaces: workspace === undefined ? undefined : [workspace],
        });
        if (json) {
          printJson(chargeback);
        } else {
          printLines(readable(chargeback));
        }
      }),
    );
}

const MONEY = ['ingress_cost', 'egress_cost', 'message_cost', 'other_cost', 'total_cost'] as const;
const HEADINGS = ['Workspace', 'Application', 'Environment', 'Ingress', 'Egress', 'Messages', 'Other', 'Total'];

/** For people: costs are rounded to four decimals here and nowhere else. */
function readable({ period, currency, other_currencies, watermark, lines, totals, unrated }: Chargeback): string[] {
  const money = (amounts: Chargeback['totals']) => MONEY.map((name) => new Decimal(amounts[name]).toFixed(4));
  return [
    `${period.start} to ${period.end} (${period.timezone}), ${period.status}; costs in ${currency}; data through ${watermark ?? 'nothing yet'}`,
    '',
    ...table(
      HEADINGS,
      [
        ...lines.map((line) => [line.workspace || 'Unallocated', line.application, line.environment, ...money(line)]),
        ['TOTAL', '', '', ...money(totals)],
      ],
      ['Ingress', 'Egress', 'Messages', 'Other', 'Total'],
    ),
    ...unrated.map(
      ({ meter, quantity, unit }) => `Not rated, because no price is in force: ${quantity} ${unit} of ${meter}`,
    ),
    ...other_currencies.map((code) => `There are more costs in ${code}: add --currency ${code}`),
  ];
}
