import type { Context } from '../../context';
import type { Queryable } from '../../db/pool';
import { queueNotifications } from './queue-notifications';

/** A crossing that was recorded longer ago is not told by a way of which nobody knew then. */
const NEWS_FOR = '1 day';

/**
 * Puts down who is to be told of the crossings of the last day of which that was not done: whoever recorded them, for
 * example a command line with nothing but DATABASE_URL, was not configured to tell. What was put down stays as it is,
 * also when the contact of the budget has changed since.
 */
export async function queueForgotten(db: Queryable, { config }: Pick<Context, 'config'>): Promise<void> {
  const { email, webhook } = config.notifications;
  for (const way of [email && { email }, webhook && { webhook }]) {
    if (way) {
      const { rows } = await db.query<{ id: string }>(
        `select c.id::text from chargeback_data.budget_crossing c
         where c.announced and c.crossed_at > now() - $1::interval and not exists (
           select from chargeback_data.budget_notification n where n.crossing_id = c.id and n.channel = $2)`,
        [NEWS_FOR, Object.keys(way)[0]],
      );
      await queueNotifications(
        db,
        { config: { ...config, notifications: { grafanaUrl: config.notifications.grafanaUrl, ...way } } },
        rows.map(({ id }) => id),
      );
    }
  }
}
