import { Command } from 'commander';
import type { Budget, BudgetCrossing } from '../../api/budgets';
import { budgetPeriodText } from '../../domain/budget';
import { Decimal } from '../../domain/decimal';
import { applyBudgets } from '../budgets/apply-budgets';
import { parseBudgetsFile } from '../budgets/budgets-file';
import { listBudgets } from '../budgets/list-budgets';
import { readCrossings } from '../budgets/read-crossings';
import { scopeText } from '../budgets/scope-text';
import { migrate } from '../db/migrate';
import { jsonOption } from './arguments';
import { budgetsNotifyTestCommand } from './budgets-notify-test';
import { commandLineActor, withContext } from './open-context';
import { printJson, printLines, table } from './output';
import { readInput } from './read-input';

/** `chargeback budgets apply FILE`, `list`, `status`, `crossings` and `notify-test`. */
export function budgetsCommand(): Command {
  return new Command('budgets')
    .description('limits of spend')
    .addCommand(
      new Command('apply')
        .description('apply the budgets of a YAML file; budgets that it does not name stay as they are')
        .argument('<file>', 'for example budgets.yaml; - is stdin')
        .addOption(jsonOption())
        .action(apply),
    )
    .addCommand(new Command('list').description('list the budgets by name').addOption(jsonOption()).action(list))
    .addCommand(
      new Command('status')
        .description('how the budgets stand in the period of the last complete hour')
        .addOption(jsonOption())
        .action(status),
    )
    .addCommand(
      new Command('crossings')
        .description('list the thresholds that were crossed, newest first')
        .addOption(jsonOption())
        .action(crossings),
    )
    .addCommand(budgetsNotifyTestCommand());
}

interface Options {
  json?: boolean;
}

async function apply(path: string, { json }: Options): Promise<void> {
  const file = parseBudgetsFile(readInput(path), path);
  await withContext(async (context) => {
    const { config } = context;
    await migrate(config.databaseUrl, config, config.readerPassword);
    const result = await applyBudgets(context, file, commandLineActor());
    if (json) {
      printJson(result);
    } else {
      printLines([`Budgets: ${result.created} created, ${result.changed} changed, ${result.unchanged} unchanged.`]);
    }
  });
}

const NONE = 'There are no budgets yet: write them into a file and apply it with chargeback budgets apply FILE.';

async function list({ json }: Options): Promise<void> {
  await withContext(async ({ pool }) => {
    const { budgets } = await listBudgets(pool);
    if (json) {
      printJson({ data: budgets.map(({ status: _, ...budget }) => budget) });
    } else {
      printLines(
        budgets.length > 0
          ? table(
              ['id', 'name', 'scope', 'amount', 'per', 'from', 'thresholds %', 'owner', 'contact'],
              budgets.map((budget) => [
                String(budget.id),
                budget.name,
                scopeText(budget.scope),
                `${budget.amount} ${budget.currency}`,
                budget.interval,
                budget.valid_from,
                budget.thresholds.join(' '),
                budget.owner,
                budget.contact.join(' '),
              ]),
              ['id', 'amount'],
            )
          : [NONE],
      );
    }
  });
}

async function status({ json }: Options): Promise<void> {
  await withContext(async ({ pool }) => {
    const { budgets, watermark } = await listBudgets(pool);
    if (json) {
      printJson({ watermark, data: budgets });
      return;
    }
    printLines(
      budgets.length > 0
        ? [
            `Data through ${watermark ?? 'nothing yet'}.`,
            '',
            ...table(
              ['name', 'period', 'spent', 'amount', 'used %', 'elapsed %', 'burn ratio', 'reached'],
              budgets.map(statusRow),
              ['spent', 'amount', 'used %', 'elapsed %', 'burn ratio'],
            ),
          ]
        : [NONE],
    );
  });
}

/** For people: money is rounded to cents here and nowhere else; percents are cut off, so that 100 is only what has reached it. */
function statusRow({ name, amount, currency, valid_from, status: state }: Budget): string[] {
  if (!state) {
    return [name, `begins ${valid_from}`, '', money(amount, currency), '', '', '', ''];
  }
  const reached = state.thresholds.filter((one) => one.reached).at(-1);
  return [
    name,
    budgetPeriodText(state.period),
    money(state.spent, currency),
    money(amount, currency),
    percent(state.used_percent),
    percent(state.elapsed_percent),
    state.burn_ratio === null ? '' : new Decimal(state.burn_ratio).toFixed(2),
    reached ? `${reached.percent} %` : '',
  ];
}

const money = (amount: string, currency: string) => `${new Decimal(amount).toFixed(2)} ${currency}`;
const percent = (value: string) => new Decimal(value).toFixed(1, Decimal.ROUND_DOWN);

async function crossings({ json }: Options): Promise<void> {
  await withContext(async ({ pool }) => {
    const data: BudgetCrossing[] = [];
    for (let cursor: string | undefined | null; cursor !== null;) {
      const page = await readCrossings(pool, { limit: 500, ...(cursor && { cursor }) }, () => true);
      data.push(...page.data);
      cursor = page.next_cursor;
    }
    if (json) {
      printJson({ data });
    } else {
      printLines(
        data.length > 0
          ? table(['crossed at', 'budget', 'period', 'threshold', 'spent', 'amount', 'told'], data.map(crossingRow), [
              'threshold',
              'spent',
              'amount',
            ])
          : ['No threshold was crossed yet.'],
      );
    }
  });
}

function crossingRow({
  crossed_at,
  budget,
  period,
  percent: at,
  spent,
  amount,
  currency,
  notifications,
}: BudgetCrossing) {
  const told = notifications.filter(({ state }) => state === 'sent').map(({ to }) => to);
  return [crossed_at, budget, period.start, `${at} %`, money(spent, currency), money(amount, currency), told.join(' ')];
}
