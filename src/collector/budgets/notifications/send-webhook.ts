import { createHmac } from 'node:crypto';
import { isNativeError } from 'node:util/types';
import type { Config } from '../../config';
import type { CrossingNews } from './crossing-news';
import { crossingWebhook } from './crossing-webhook';
import { DeliveryFailure } from './delivery-failure';
import type { NotificationConfig } from '../../notification-variables';

type WebhookConfig = NonNullable<NotificationConfig['webhook']>;

/** Answers below 500 that the same request may get past later: Request Timeout, Too Many Requests. */
const LATER = [408, 429];

/**
 * Posts `news` as JSON (BudgetWebhook); it is delivered when the answer is 2xx. Throws a DeliveryFailure: permanent for
 * any other answer below 500 but 408 and 429. A redirect is such an answer: where it leads to was not configured.
 */
export async function sendWebhook(
  { url, secret }: WebhookConfig,
  config: Pick<Config, 'notifications' | 'timezone'>,
  { news, signal }: { news: CrossingNews; signal: AbortSignal },
): Promise<void> {
  const { host } = new URL(url);
  const body = JSON.stringify(crossingWebhook(news, config));
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': `${news.id}-webhook`,
      ...(secret !== undefined && {
        'x-chargeback-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
      }),
    },
    redirect: 'manual',
    signal,
  }).catch((error: unknown) => {
    throw new DeliveryFailure(signal.aborted ? `${host} took too long` : `${host}: ${causeOf(error)}`, false, {
      cause: error,
    });
  });
  // Only the status counts; what else it says is not waited for.
  await response.body?.cancel();
  if (response.ok) {
    return;
  }
  const { status, statusText } = response;
  const redirected = status >= 300 && status < 400 ? '; redirects are not followed, give the URL it leads to' : '';
  throw new DeliveryFailure(
    `${host} answered ${`${status} ${statusText}`.trim()}${redirected}`,
    status < 500 && !LATER.includes(status),
  );
}

/** fetch says only that it failed; why is in the cause. Not instanceof: Node's own errors may be of another realm. */
function causeOf(error: unknown): string {
  const cause = isNativeError(error) ? (error.cause ?? error) : error;
  return isNativeError(cause) ? cause.message || cause.name : String(cause);
}
