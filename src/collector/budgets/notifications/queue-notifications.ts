import type { Context } from '../../context';
import type { Queryable } from '../../db/pool';

/**
 * Puts down who is to be told of crossings that were just recorded; call it in the transaction that records them, so
 * that a crossing and the news of it are there both or not at all. By mail the contact of the budget, else
 * CHARGEBACK_NOTIFY_EMAIL; the webhook once a crossing. Puts down nothing for a way that is not configured and for
 * crossings that are not to be announced. Again gives the same.
 */
export async function queueNotifications(
  db: Queryable,
  { config: { notifications } }: Pick<Context, 'config'>,
  crossingIds: readonly string[],
): Promise<void> {
  const { email, webhook } = notifications;
  if (crossingIds.length === 0 || !(email || webhook)) {
    return;
  }
  await db.query(
    `with announced as (
       select c.id, b.contact
       from chargeback_data.budget_crossing c
       join chargeback_data.budget b on b.id = c.budget_id
       where c.id = any($1::bigint[]) and c.announced
     )
     insert into chargeback_data.budget_notification (crossing_id, channel, recipient)
     select id, 'email', address
     from announced, unnest(case when cardinality(contact) > 0 then contact else $3::text[] end) as address
     where $2
     union
     select id, 'webhook', $4::text from announced where $4::text is not null
     on conflict do nothing`,
    // A webhook is known by its host: the rest of its URL is often a secret in itself.
    [crossingIds, email !== undefined, email?.fallback ?? [], webhook ? new URL(webhook.url).host : null],
  );
}
