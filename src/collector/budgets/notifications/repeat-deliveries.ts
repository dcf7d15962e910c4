import type { Context } from '../../context';
import { createPool } from '../../db/pool';
import { repeat } from '../../repeat';
import { deliverNotifications } from './deliver-notifications';

/** How often a collector looks for notifications that are due. */
const EVERY = 10_000;

/**
 * Delivers notifications again and again until `signal` is aborted; at once when nothing to deliver with is configured.
 * Has connections of its own, so that servers that answer slowly take none from collecting and from the API.
 */
export async function repeatDeliveries(context: Context, signal: AbortSignal): Promise<void> {
  const { email, webhook } = context.config.notifications;
  if (!email && !webhook) {
    return;
  }
  const pool = createPool(context.config.databaseUrl, { max: 4 });
  try {
    await repeat(context, signal, {
      every: EVERY,
      failing: 'cannot look for crossings of budgets to tell of',
      work: () => deliverNotifications({ ...context, pool }, signal),
    });
  } finally {
    await pool.end();
  }
}
