import { Command, InvalidArgumentError } from 'commander';
import { backfill, pacesBetween, writeOpenMetrics } from './backfill';
import { writeConfiguration } from './configuration';
import { serveGateways } from './gateway-server';
import { OrganisationHistory } from './organisation-history';
import { truthOf } from './truth';

/** An ISO 8601 instant in milliseconds, cut to the whole second. */
function instant(text: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at)) {
    throw new InvalidArgumentError(`"${text}" is not a time; write it as 2026-03-01T00:00:00Z`);
  }
  return Math.floor(at / 1000) * 1000;
}

function port(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65535) {
    throw new InvalidArgumentError(`"${text}" is not a port; write a whole number from 0 to 65535`);
  }
  return number;
}

/** The organisation's first day unless another is named. Fixed, so that gateways that are started again go on with their counters. */
const FIRST_DAY = Date.parse('2026-01-01T00:00:00Z');

const start = ['--start <time>', 'first day of the organisation, from which its events count'] as const;
const range = (command: Command): Command =>
  command
    .option(...start, instant)
    .requiredOption('--from <time>', 'samples later than this', instant)
    .requiredOption('--to <time>', 'samples up to this, inclusive', instant);

interface Range {
  start?: number;
  from: number;
  to: number;
}

const program = new Command('simulator').description(
  'A small organisation with three Kafka gateways that makes believable usage.',
);

program
  .command('serve')
  .description('serve /metrics of the gateways dev, stage and prod as they are now')
  .option(...start, instant)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--port-dev <port>', 'port of the gateway dev, 0 for a free one', port, 9093)
  .option('--port-stage <port>', 'port of the gateway stage', port, 9094)
  .option('--port-prod <port>', 'port of the gateway prod', port, 9095)
  .action(async (options: { start?: number; host: string; portDev: number; portStage: number; portProd: number }) => {
    const ports = { dev: options.portDev, stage: options.portStage, prod: options.portProd };
    const servers = await serveGateways(options.start ?? FIRST_DAY, options.host, ports);
    const stop = (): void => void Promise.all(servers.map((server) => server.close())).then(() => process.exit(0));
    process.once('SIGINT', stop).once('SIGTERM', stop);
    console.log(JSON.stringify({ gateways: Object.fromEntries(servers.map(({ gateway, url }) => [gateway, url])) }));
  });

range(program.command('backfill'))
  .description("put the organisation's past into the data folder of a Prometheus that is not running")
  .requiredOption('--data <folder>', "Prometheus' data folder")
  .option('--promtool <path>', 'the program promtool', 'promtool')
  .action(async ({ start, from, to, data, promtool }: Range & { data: string; promtool: string }) => {
    const onProgress = (done: number): void => console.log(JSON.stringify({ done: Number(done.toFixed(3)) }));
    await backfill({ start: start ?? FIRST_DAY, from, to, data, promtool, onProgress });
  });

range(program.command('openmetrics'))
  .description("write the organisation's past as OpenMetrics text")
  .requiredOption('--out <file>', 'file to write')
  .action(({ start, from, to, out }: Range & { out: string }) => {
    writeOpenMetrics(new OrganisationHistory(start ?? FIRST_DAY), { from, to, since: from, until: to }, out);
  });

range(program.command('truth'))
  .description('print every sample as it was made: one series a line, as JSON, values as decimal text')
  .action(({ start, from, to }: Range) => {
    for (const line of truthOf(new OrganisationHistory(start ?? FIRST_DAY).between(from, to, pacesBetween(from, to)))) {
      process.stdout.write(line);
    }
  });

program
  .command('config')
  .description("write the organisation's configuration (who owns what, prices) for a Chargeback collector")
  .requiredOption('--out <folder>', 'folder to write')
  .option('--from <folder>', 'folder of the configuration as it is kept', 'src/simulator/config')
  .option('--now <time>', 'time before which the latest changes lie (default: now)', instant)
  .action(({ out, from, now }: { out: string; from: string; now?: number }) => {
    writeConfiguration(from, out, now ?? Date.now());
  });

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
