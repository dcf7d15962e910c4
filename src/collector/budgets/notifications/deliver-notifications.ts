import type { Context } from '../../context';
import { inTransaction, type Client } from '../../db/pool';
import { crossingNews, type CrossingNews } from './crossing-news';
import { DeliveryFailure } from './delivery-failure';
import { queueForgotten } from './queue-forgotten';
import { sendEmail } from './send-email';
import { sendWebhook } from './send-webhook';

/** Milliseconds that sending one notification may take. */
const LIMIT = 10_000;
/** Notifications of one channel that are sent at the same time. */
const AT_ONCE = 2;
/** Attempts at most; with the waits below the last one is about 30 hours after the first. */
const ATTEMPTS = 10;
/** Older news is none: what waited this long, for example because nothing was configured to send it, is given up. */
const TOO_OLD = '7 days';

type Channel = 'email' | 'webhook';
interface Waiting {
  crossing_id: string;
  recipient: string;
  attempts: number;
}

/**
 * Sends all notifications that wait and are due, through the channels that are configured, and returns when none is left
 * or `signal` was aborted (what is being sent is finished first). Any number of collectors may do this at once: a
 * notification is locked while it is sent and marked in the same transaction, so it is sent once, unless this process or
 * the database dies between the two. A slow channel does not keep the other one waiting. Takes up to four connections of
 * `context.pool` for as long as sending takes: give it a pool of its own.
 */
export async function deliverNotifications(context: Context, signal: AbortSignal): Promise<void> {
  const { email, webhook } = context.config.notifications;
  const channels: Channel[] = [...(email ? ['email' as const] : []), ...(webhook ? ['webhook' as const] : [])];
  if (channels.length === 0) {
    return;
  }
  await giveUpOld(context);
  await queueForgotten(context.pool, context);
  const results = await Promise.allSettled(
    channels
      .flatMap((channel) => Array<Channel>(AT_ONCE).fill(channel))
      .map(async (channel) => {
        while (!signal.aborted && (await deliverNext(context, channel))) {
          // Each is sent, failed for good, or due later: this ends.
        }
      }),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) {
    throw failed.reason;
  }
}

async function giveUpOld({ pool }: Context): Promise<void> {
  await pool.query(
    `update chargeback_data.budget_notification n
     set state = 'failed', done_at = now(), error = concat_ws('; ', 'not sent within ${TOO_OLD} of the crossing', n.error)
     from (
       select w.crossing_id, w.channel, w.recipient
       from chargeback_data.budget_notification w
       join chargeback_data.budget_crossing c on c.id = w.crossing_id
       where w.state = 'waiting' and c.crossed_at < now() - interval '${TOO_OLD}'
       for update of w skip locked
     ) old
     where (n.crossing_id, n.channel, n.recipient) = (old.crossing_id, old.channel, old.recipient)`,
  );
}

/** Sends the notification that waits longest; false when none is due that no other collector has in hand. */
function deliverNext(context: Context, channel: Channel): Promise<boolean> {
  return inTransaction(context.pool, async (client) => {
    const { rows } = await client.query<Waiting>(
      `select crossing_id, recipient, attempts from chargeback_data.budget_notification
       where state = 'waiting' and channel = $1 and try_after <= now()
       order by try_after, crossing_id, recipient limit 1
       for update skip locked`,
      [channel],
    );
    const [waiting] = rows;
    if (!waiting) {
      return false;
    }
    const news = await crossingNews(client, waiting.crossing_id);
    const failure = await attempt(context, channel, news, waiting.recipient);
    const attempts = waiting.attempts + 1;
    const about = { channel, crossing: waiting.crossing_id, attempts };
    if (!failure) {
      await mark(client, channel, waiting, { state: 'sent', error: null });
      context.log.info(about, 'told of a crossed threshold of a budget');
      return true;
    }
    const last = failure.permanent || attempts >= ATTEMPTS;
    await mark(client, channel, waiting, { state: last ? 'failed' : 'waiting', error: failure.reason.slice(0, 500) });
    context.log.warn(
      { ...about, reason: failure.reason },
      last
        ? 'could not tell of a crossed threshold of a budget'
        : 'will try again to tell of a crossed threshold of a budget',
    );
    return true;
  });
}

/** Sends `news` and returns why that failed, or null. Never throws: one that cannot be sent must not stop those behind it. */
async function attempt(
  { config }: Context,
  channel: Channel,
  news: CrossingNews,
  to: string,
): Promise<DeliveryFailure | null> {
  const { email, webhook } = config.notifications;
  const signal = AbortSignal.timeout(LIMIT);
  try {
    if (channel === 'email' && email) {
      await sendEmail(email, config, { news, to, signal });
    } else if (webhook) {
      await sendWebhook(webhook, config, { news, signal });
    }
    return null;
  } catch (error) {
    return error instanceof DeliveryFailure
      ? error
      : new DeliveryFailure(error instanceof Error ? error.message : String(error), false, { cause: error });
  }
}

async function mark(
  client: Client,
  channel: Channel,
  { crossing_id, recipient }: Waiting,
  { state, error }: { state: 'sent' | 'failed' | 'waiting'; error: string | null },
): Promise<void> {
  // 1, 4, 16, 64, 256 minutes, then 6 hours each.
  await client.query(
    `update chargeback_data.budget_notification
     set state = $4, error = $5, attempts = attempts + 1,
       done_at = case when $4 <> 'waiting' then clock_timestamp() end,
       try_after = case when $4 = 'waiting'
         then clock_timestamp() + least(interval '1 minute' * 4 ^ attempts, interval '6 hours') else try_after end
     where crossing_id = $1 and channel = $2 and recipient = $3`,
    [crossing_id, channel, recipient, state, error],
  );
}
