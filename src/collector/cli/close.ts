import { Command } from 'commander';
import { closePeriod } from '../ledger/close-period';
import { jsonOption, periodOption } from './arguments';
import { commandLineActor, withContext } from './open-context';
import { printJson, printLines } from './output';

/** `chargeback close`: closes a month for ever. */
export function closeCommand(): Command {
  return new Command('close')
    .description('close a billing month for ever: nothing in it can change afterwards')
    .addOption(periodOption().makeOptionMandatory())
    .addOption(jsonOption())
    .action(({ period, json }: { period: string; json?: boolean }) =>
      withContext(async (context) => {
        const { name, start, end } = await closePeriod(context, period, commandLineActor());
        if (json) {
          printJson({ period: name, start: start.toISOString(), end: end.toISOString(), status: 'closed' });
        } else {
          printLines([`${name} is closed (${start.toISOString()} to ${end.toISOString()}).`]);
        }
      }),
    );
}
