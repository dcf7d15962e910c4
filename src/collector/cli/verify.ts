import { Command } from 'commander';
import { verify, type Verification } from '../ledger/verify';
import { jsonOption, periodOption } from './arguments';
import { withContext } from './open-context';
import { printable, printJson, printLines } from './output';

/** `chargeback verify`: checks what must always hold on the data itself; exits 1 when something does not. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('check on the data itself what must always hold; exits 1 when something does not')
    .addOption(periodOption().default(undefined, 'all there is'))
    .addOption(jsonOption())
    .action(({ period, json }: { period?: string; json?: boolean }) =>
      withContext(async (context) => {
        const result = await verify(context, period, json ? undefined : (check) => printLines(lines(check)));
        if (json) {
          printJson(result);
        } else {
          printLines([summary(result)]);
        }
        if (!result.ok) {
          process.exitCode = 1;
        }
      }),
    );
}

function lines({ name, problems, examples }: Verification['checks'][number]): string[] {
  return problems === 0
    ? [`ok     ${name}`]
    : [
        `WRONG  ${name}: ${problems} ${problems === 1 ? 'time' : 'times'} not`,
        ...examples.map((example) => `         ${printable(example)}`),
        ...(problems > examples.length ? [`         and ${problems - examples.length} more`] : []),
      ];
}

function summary({ ok, from, to, facts, costs }: Verification): string {
  const range = from === null ? 'There is nothing to check yet' : `${facts} facts from ${from} to ${to}`;
  const total = costs.map(({ cost, currency }) => `${cost} ${currency}`).join(', ');
  return `${range}${total ? `, ${total}` : ''}: ${ok ? 'everything holds.' : 'something is wrong, see above.'}`;
}
