import { Command } from 'commander';
import type { FastifyInstance } from 'fastify';
import { bootstrap } from '../bootstrap';
import type { Config } from '../config';
import type { Context } from '../context';
import { ChargebackError } from '../errors';
import { Metrics } from '../export/metrics';
import { Draining } from '../http/draining';
import { createServer } from '../http/server';
import { startJobs } from '../jobs/jobs';
import { openContext } from './open-context';

/**
 * `chargeback serve`: collects by itself and answers over HTTP until it is told to stop. Then what runs is finished, for
 * at most CHARGEBACK_STOP_SECONDS; what does not end by then is broken off, which PostgreSQL takes back.
 */
export function serveCommand(): Command {
  return new Command('serve')
    .description('collect by itself, and serve the HTTP API (see CHARGEBACK_LISTEN)')
    .action(serve);
}

async function serve(): Promise<void> {
  const metrics = new Metrics();
  const context = openContext({ onCollection: (event) => metrics.countCollection(event) });
  const { config, log, pool } = context;
  const draining = new Draining();
  const told = nextSignal();
  try {
    await bootstrap(context);
    const server = await createServer(context, metrics, draining);
    try {
      // Listening comes first: a collector whose address is taken must not begin to work.
      const url = await listen(server, config);
      const jobs = await startJobs(context);
      log.info({ url, timezone: config.timezone, prometheus: config.prometheusUrl !== undefined }, 'listening');
      if (!config.adminToken && !config.grafanaKey) {
        log.warn(
          'neither CHARGEBACK_ADMIN_TOKEN nor CHARGEBACK_GRAFANA_KEY is set: only tokens made by `chargeback token create` are let in',
        );
      }
      log.info(
        { signal: await told },
        'stopping: running requests and jobs are finished first; send the signal again to stop at once',
      );
      endAnyway(context);
      await Promise.all([jobs.stop(), draining.begin().then(() => server.close())]);
    } finally {
      await server.close();
    }
    log.info('stopped');
  } finally {
    await pool.end();
  }
}

async function listen(server: FastifyInstance, { listen: { host, port } }: Config): Promise<string> {
  try {
    return await server.listen({ host, port });
  } catch (error) {
    throw new ChargebackError(
      'INVALID_CONFIGURATION',
      `CHARGEBACK_LISTEN: ${error instanceof Error ? error.message : String(error)}. Choose another address, or end the program that has it.`,
      [],
      {
        cause: error,
      },
    );
  }
}

/** Ends the process when what runs takes too long to finish. */
function endAnyway({ config: { stopSeconds }, log }: Context): void {
  setTimeout(() => {
    log.warn(
      { seconds: stopSeconds },
      'ending now: requests or jobs were still running after CHARGEBACK_STOP_SECONDS; nothing of them is left half-done',
    );
    process.exit(1);
  }, stopSeconds * 1000).unref();
}

/** The first signal that asks to stop; a second one ends the process at once. */
function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (asked) {
          process.exit(1);
        }
        asked = true;
        resolve(signal);
      });
    }
  });
}
