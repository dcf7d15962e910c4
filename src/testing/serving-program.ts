import { setTimeout as sleep } from 'node:timers/promises';
import { ADMIN_TOKEN } from './api-server';
import { startChargeback, type RunningChargeback } from './run-chargeback';

/** `chargeback serve` as a process of its own, to be sent signals; the administrator's token is ADMIN_TOKEN. */
export interface ServingProgram extends RunningChargeback {
  url: string;
}

/** Starts it on a free port of loopback; `environment` adds to the configuration. It collects nothing by itself. */
export async function startServing(
  databaseUrl: string,
  environment: Record<string, string> = {},
): Promise<ServingProgram> {
  const program = startChargeback(['serve'], {
    DATABASE_URL: databaseUrl,
    CHARGEBACK_LISTEN: '127.0.0.1:0',
    CHARGEBACK_ADMIN_TOKEN: ADMIN_TOKEN,
    CHARGEBACK_RATE_LIMIT: '0',
    ...environment,
  });
  for (let waited = 0; waited < 30_000; waited += 25) {
    const url = /"url":"(http:\/\/127\.0\.0\.1:\d+)"/.exec(program.log())?.[1];
    if (url !== undefined) {
      return { ...program, url };
    }
    await sleep(25);
  }
  program.kill('SIGKILL');
  throw new Error(`chargeback serve did not start:\n${program.log()}`);
}
