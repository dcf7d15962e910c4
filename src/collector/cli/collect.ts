import { Command, Option } from 'commander';
import { bootstrap } from '../bootstrap';
import { isoHour } from '../../domain/hours';
import { recordCollection } from '../jobs/record-collection';
import { checkRange, collect, type CollectOutcome } from '../metering/collect';
import { storedMeters } from '../metering/stored-meters';
import { instant, jsonOption, several } from './arguments';
import { commandLineActor, withContext } from './open-context';
import { printable, printJson, printLines, table } from './output';
import { CollectProgressDisplay } from './collect-progress';
import { withArguments } from './wrong-usage';

interface Options {
  from: number;
  to: number;
  meter?: string[];
  json?: boolean;
}

/** `chargeback collect`: reads hours from Prometheus, again if need be. Exits 1 when hours could not be read. */
export function collectCommand(): Command {
  return new Command('collect')
    .description('read the hours [from, to) from Prometheus, again if they were read before')
    .addOption(new Option('--from <time>', 'first hour, ISO 8601').argParser(instant).makeOptionMandatory())
    .addOption(new Option('--to <time>', 'end of the last hour, ISO 8601').argParser(instant).makeOptionMandatory())
    .addOption(new Option('--meter <slug>', 'only this meter; may be given several times').argParser(several))
    .addOption(jsonOption())
    .action(({ from, to, meter, json }: Options) =>
      withContext(async (context) => {
        const stop = new AbortController();
        const abort = () => stop.abort();
        process.once('SIGINT', abort).once('SIGTERM', abort);
        await bootstrap(context);
        const display = new CollectProgressDisplay(process.stderr);
        try {
          const outcome = await withArguments(async () => {
            const known = await storedMeters(context.pool);
            const meters = meter ?? known.map(({ slug }) => slug);
            await checkRange(context, { from, to, meters }, known);
            await recordCollection(context.pool, { from, to, meters }, commandLineActor());
            return collect(context, {
              from,
              to,
              ...(meter ? { meters: meter } : {}),
              signal: stop.signal,
              onProgress: (progress) => display.show(progress),
            });
          });
          display.end();
          report(outcome, json ?? false);
        } finally {
          display.end();
        }
      }),
    );
}

function report({ meters }: CollectOutcome, json: boolean): void {
  const errors = meters.flatMap((meter) => meter.errors);
  if (json) {
    printJson({
      meters: meters.map(({ notCounted, errors: failed, ...meter }) => ({
        ...meter,
        not_counted: notCounted,
        errors: failed.map(({ from, to, error }) => ({ from: isoHour(from), to: isoHour(to), error })),
      })),
    });
  } else {
    printLines(
      table(
        ['meter', 'hours', 'series', 'facts changed', 'not counted'],
        meters.map(({ meter, hours, series, changed, notCounted }) => [
          meter,
          String(hours),
          String(series),
          String(changed),
          notCounted,
        ]),
        ['hours', 'series', 'facts changed', 'not counted'],
      ),
    );
  }
  errors.forEach(({ error }) => console.error(`failed: ${printable(error)}`));
  if (errors.length > 0) {
    process.exitCode = 1;
  }
}
