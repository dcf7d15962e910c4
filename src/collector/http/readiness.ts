import type { Ready } from '../../api/health';
import { HOUR } from '../../domain/hours';
import type { Context } from '../context';
import { ChargebackError, fromDatabase } from '../errors';
import { currentWatermark } from '../ledger/watermark';
import { VERSION } from '../version';

/** How long after an hour should have been collected it is called late. */
const PATIENCE = 2 * HOUR;

/** How the collector is: whether the database and Prometheus answer, and how long ago the last complete hour ended. */
export async function readiness(context: Context): Promise<Ready> {
  const [database, prometheus] = await Promise.all([
    check(() => context.pool.query('select from chargeback_data.meter limit 0')),
    check(() => context.prometheus.ready()),
  ]);
  const watermark =
    database.status === 'ok'
      ? await watermarkCheck(context)
      : { status: 'failed' as const, detail: 'not known without the database', age_seconds: null };
  const checks = { database, prometheus, watermark };
  return {
    status: Object.values(checks).every(({ status }) => status === 'ok') ? 'ok' : 'failed',
    version: VERSION,
    checks,
  };
}

async function check(question: () => Promise<unknown>): Promise<Ready['checks']['database']> {
  try {
    await question();
    return { status: 'ok' };
  } catch (error) {
    // Only our own sentences are for everybody to read.
    const known = fromDatabase(error);
    return {
      status: 'failed',
      detail:
        known instanceof ChargebackError
          ? withoutCredentials(known.detail)
          : 'it does not answer as it should; the log says more',
    };
  }
}

async function watermarkCheck({ pool, now, config }: Context): Promise<Ready['checks']['watermark']> {
  const watermark = await currentWatermark(pool);
  if (!watermark) {
    return { status: 'ok', detail: 'nothing was collected yet', age_seconds: null };
  }
  const age = now() - watermark.getTime();
  const late = age > HOUR + config.settleMinutes * 60_000 + PATIENCE;
  return {
    status: late ? 'failed' : 'ok',
    ...(late ? { detail: `the last complete hour ended at ${watermark.toISOString()}; see /v1/collections` } : {}),
    age_seconds: Math.round(age / 1000),
  };
}

/** A URL in a sentence may carry a password. */
const withoutCredentials = (text: string) => text.replace(/\/\/[^/\s@]*@/g, '//');
