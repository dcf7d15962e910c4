import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { BudgetWebhook } from '../../../api/budget-webhook';
import { startWebhookReceiver, type WebhookReceiver } from '../../../testing/webhook-receiver';
import { loadConfig } from '../../config';
import type { CrossingNews } from './crossing-news';
import type { DeliveryFailure } from './delivery-failure';
import { sendWebhook } from './send-webhook';

const NEWS: CrossingNews = {
  id: '17',
  budgetId: 3,
  budget: 'Payments',
  owner: 'Payments team',
  scope: { workspace: 'payments' },
  interval: 'quarter',
  period: { start: '2026-10', end: '2027-01' },
  percent: '90',
  amount: '1000',
  spent: '912.399999999999',
  usedPercent: '91.239999',
  currency: 'USD',
  crossedAt: new Date('2026-11-20T14:12:00Z'),
  dataUntil: new Date('2026-11-20T14:00:00Z'),
};
const SECRET = 'sixteen characters';

let receiver: WebhookReceiver;
afterEach(() => receiver.stop());

async function send(
  url: string,
  {
    environment = {},
    signal = AbortSignal.timeout(60_000),
    news = NEWS,
  }: { environment?: object; signal?: AbortSignal; news?: CrossingNews } = {},
): Promise<DeliveryFailure | null> {
  const config = loadConfig({
    DATABASE_URL: 'postgres://127.0.0.1/chargeback',
    CHARGEBACK_NOTIFY_WEBHOOK_URL: url,
    ...environment,
  });
  const { webhook } = config.notifications;
  if (!webhook) {
    throw new Error('the webhook is configured');
  }
  return sendWebhook(webhook, config, { news, signal }).then(
    () => null,
    (failure: DeliveryFailure) => failure,
  );
}

test('exact figures arrive as JSON of the documented shape, under a key that makes a repetition known', async () => {
  receiver = await startWebhookReceiver();
  expect(
    await send(`${receiver.url}/hooks/?token=t`, {
      environment: { CHARGEBACK_NOTIFY_GRAFANA_URL: 'https://grafana.example.com' },
    }),
  ).toBeNull();
  const [request] = receiver.requests;
  expect(request).toMatchObject({
    method: 'POST',
    path: '/hooks/?token=t',
    headers: { 'content-type': 'application/json', 'idempotency-key': '17-webhook' },
  });
  expect(request?.headers).not.toHaveProperty('x-chargeback-signature');
  const body = JSON.parse(request?.body ?? '');
  expect(BudgetWebhook.strict().parse(body)).toEqual({
    event: 'budget.threshold_crossed',
    id: '17',
    text: 'Budget Payments: 90 % of 1,000 USD spent in 2026-10 to 2026-12',
    budget: {
      id: 3,
      name: 'Payments',
      owner: 'Payments team',
      scope: { workspace: 'payments' },
      interval: 'quarter',
    },
    period: { start: '2026-10', end: '2027-01' },
    percent: '90',
    amount: '1000',
    spent: '912.399999999999',
    used_percent: '91.239999',
    currency: 'USD',
    crossed_at: '2026-11-20T14:12:00.000Z',
    data_until: '2026-11-20T14:00:00.000Z',
    links: {
      budgets: 'https://grafana.example.com/a/finops-chargeback-app/budgets',
      dashboard:
        'https://grafana.example.com/d/chargeback-budgets?var-budget=Payments&from=1790812800000&to=1795183200000',
    },
  });
});

test('the example of the documentation is what is sent', async () => {
  receiver = await startWebhookReceiver();
  const example = /```json\n(\{\n {2}"event"[^`]*)```/.exec(readFileSync('docs/budgets.md', 'utf8'))?.[1] ?? '';
  await send(receiver.url, {
    news: { ...NEWS, interval: 'month', period: { start: '2026-11', end: '2026-12' } },
    environment: { CHARGEBACK_NOTIFY_GRAFANA_URL: 'https://grafana.example.com' },
  });
  expect(JSON.parse(receiver.requests[0]?.body ?? '')).toEqual(JSON.parse(example));
});

test('with a secret the receiver can check who sent it, and that nothing was changed', async () => {
  receiver = await startWebhookReceiver();
  await send(receiver.url, { environment: { CHARGEBACK_NOTIFY_WEBHOOK_SECRET: SECRET } });
  const [request] = receiver.requests;
  const expected = createHmac('sha256', SECRET)
    .update(request?.body ?? '')
    .digest('hex');
  expect(request?.headers['x-chargeback-signature']).toBe(`sha256=${expected}`);
});

test.each([
  [200, null],
  [204, null],
  [400, true],
  [401, true],
  [404, true],
  [408, false],
  [410, true],
  [429, false],
  [500, false],
  [503, false],
])('an answer %i: permanent %j', async (status, permanent) => {
  receiver = await startWebhookReceiver({ answer: async () => ({ status }) });
  const failure = await send(receiver.url);
  expect(failure?.permanent ?? null).toBe(permanent);
  if (failure) {
    expect(failure.reason).toMatch(new RegExp(`^127\\.0\\.0\\.1:${receiver.port} answered ${status} \\w`));
  }
});

test('a redirect is not followed: what is told goes only where it was configured to go', async () => {
  const elsewhere = await startWebhookReceiver();
  receiver = await startWebhookReceiver({
    answer: async () => ({ status: 307, headers: { location: elsewhere.url } }),
  });
  const failure = await send(receiver.url);
  await elsewhere.stop();
  expect(elsewhere.requests).toEqual([]);
  expect(failure).toMatchObject({ permanent: true, reason: expect.stringContaining('redirects are not followed') });
});

test('a receiver that is not there is tried again, and the path, which may be a secret, is not told', async () => {
  receiver = await startWebhookReceiver();
  await receiver.stop();
  const failure = await send(`${receiver.url}/hunter2`);
  expect(failure).toMatchObject({ permanent: false, reason: expect.stringContaining('ECONNREFUSED') });
  expect(failure?.reason).not.toContain('hunter2');
  receiver = await startWebhookReceiver();
});

test('a receiver that does not answer is left when the time is over', async () => {
  const patience = new AbortController();
  receiver = await startWebhookReceiver({
    answer: () => {
      patience.abort();
      return new Promise(() => undefined);
    },
  });
  expect(await send(receiver.url, { signal: patience.signal })).toMatchObject({
    permanent: false,
    reason: `127.0.0.1:${receiver.port} took too long`,
  });
});
