import { createDatabase, type TestDatabase } from '../../../testing/database';
import { crossBudget, notificationRows, type CrossedBudget } from '../../../testing/crossed-budget';
import { startMailServer, type MailServer } from '../../../testing/mail-server';
import { testContext } from '../../../testing/test-context';
import { startWebhookReceiver, type WebhookReceiver } from '../../../testing/webhook-receiver';
import type { Context } from '../../context';
import { inTransaction } from '../../db/pool';
import { deliverNotifications } from './deliver-notifications';
import { queueNotifications } from './queue-notifications';

let database: TestDatabase;
let mail: MailServer;
let webhook: WebhookReceiver;
let contexts: Context[];
let servers: Array<{ stop(): Promise<void> }>;

beforeEach(async () => {
  database = await createDatabase();
  contexts = [];
  servers = [];
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await Promise.all(contexts.map(({ pool }) => pool.end()));
  await database.drop();
});

const MAIL = (server: MailServer) => ({
  CHARGEBACK_SMTP_URL: server.url,
  CHARGEBACK_NOTIFY_FROM: 'chargeback@example.com',
});
const WEBHOOK = (receiver: WebhookReceiver) => ({ CHARGEBACK_NOTIFY_WEBHOOK_URL: `${receiver.url}/hunter2` });

const startMail: typeof startMailServer = async (behaviour) => {
  const server = await startMailServer(behaviour);
  servers.push(server);
  return server;
};
const startWebhook: typeof startWebhookReceiver = async (behaviour) => {
  const server = await startWebhookReceiver(behaviour);
  servers.push(server);
  return server;
};

/** A collector of this database, as far as notifications go. */
function collector(environment: Record<string, string>): Context {
  const context = testContext({ DATABASE_URL: database.url, ...environment });
  contexts.push(context);
  return context;
}

const deliver = (context: Context) => deliverNotifications(context, new AbortController().signal);

/** A threshold is crossed, and `context`'s collector notices. */
async function cross(context: Context, crossed: CrossedBudget = {}): Promise<string> {
  const id = await crossBudget(database.pool, crossed);
  await inTransaction(database.pool, (db) => queueNotifications(db, context, [id]));
  return id;
}

/** Makes everything due that waits for its next attempt. */
const timePasses = () =>
  database.pool.query(`update chargeback_data.budget_notification set try_after = now() where state = 'waiting'`);

const states = async () =>
  (await notificationRows(database.pool)).map(({ channel, state, attempts }) => `${channel} ${state} ${attempts}`);

test('by default nothing is sent, also of what another collector has put down', async () => {
  mail = await startMail();
  webhook = await startWebhook();
  await cross(collector({ ...MAIL(mail), ...WEBHOOK(webhook) }));
  await deliver(collector({}));
  expect(await states()).toEqual(['email waiting 0', 'webhook waiting 0']);
  expect([mail.mails, webhook.requests]).toEqual([[], []]);
});

test('a crossing is told to the contact and to the webhook, once, however often a collector looks', async () => {
  mail = await startMail();
  webhook = await startWebhook();
  const both = collector({ ...MAIL(mail), ...WEBHOOK(webhook) });
  const id = await cross(both, { name: 'Payments', contact: ['a@example.com', 'b@example.com'] });
  await deliver(both);
  await deliver(both);
  expect(mail.mails.map(({ to }) => to).sort()).toEqual([['a@example.com'], ['b@example.com']]);
  expect(mail.mails[0]?.headers.get('subject')).toBe('Budget Payments: 90 % of 1,000 USD spent in 2026-11');
  expect(webhook.requests).toHaveLength(1);
  expect(JSON.parse(webhook.requests[0]?.body ?? '')).toMatchObject({ id, spent: '912.4', used_percent: '91.24' });
  expect(await states()).toEqual(['email sent 1', 'email sent 1', 'webhook sent 1']);
  const { rows } = await database.pool.query(
    'select count(done_at)::int as done from chargeback_data.budget_notification',
  );
  expect(rows).toEqual([{ done: 3 }]);
});

test('two collectors at once tell each of forty crossings once', async () => {
  mail = await startMail();
  webhook = await startWebhook();
  const environment = { ...MAIL(mail), ...WEBHOOK(webhook) };
  const [first, second] = [collector(environment), collector(environment)];
  const ids: string[] = [];
  for (let number = 0; number < 40; number += 1) {
    ids.push(await cross(first, { name: `B${number}`, contact: [`b${number}@example.com`] }));
  }
  await Promise.all([deliver(first), deliver(second), deliver(first)]);
  expect(mail.mails.flatMap(({ to }) => to).sort()).toEqual(ids.map((_, number) => `b${number}@example.com`).sort());
  expect(webhook.requests.map(({ headers }) => headers['idempotency-key']).sort()).toEqual(
    ids.map((id) => `${id}-webhook`).sort(),
  );
  expect(new Set(await states())).toEqual(new Set(['email sent 1', 'webhook sent 1']));
});

test('servers that are down when a threshold is crossed are told when they are up again', async () => {
  const [downMail, downWebhook] = [await startMail(), await startWebhook()];
  await Promise.all([downMail.stop(), downWebhook.stop()]);
  const both = collector({ ...MAIL(downMail), ...WEBHOOK(downWebhook) });
  await cross(both);
  await deliver(both);
  const waiting = await notificationRows(database.pool);
  expect(waiting).toMatchObject([
    { channel: 'email', state: 'waiting', attempts: 1, error: expect.stringContaining('ECONNREFUSED') },
    { channel: 'webhook', state: 'waiting', attempts: 1, error: expect.stringContaining('ECONNREFUSED') },
  ]);
  expect(JSON.stringify(waiting)).not.toContain('hunter2');

  mail = await startMail({ port: downMail.port });
  webhook = await startWebhook({ port: downWebhook.port });
  await deliver(both);
  expect([mail.mails, webhook.requests]).toEqual([[], []]);
  await timePasses();
  await deliver(both);
  expect([mail.mails.length, webhook.requests.length]).toEqual([1, 1]);
  expect(await notificationRows(database.pool)).toMatchObject([
    { channel: 'email', state: 'sent', attempts: 2, error: null },
    { channel: 'webhook', state: 'sent', attempts: 2, error: null },
  ]);
});

test('attempts come ever more rarely, and the tenth is the last', async () => {
  webhook = await startWebhook({ answer: async () => ({ status: 503 }) });
  const context = collector(WEBHOOK(webhook));
  await cross(context);
  const waits: number[] = [];
  for (let attempt = 1; attempt < 10; attempt += 1) {
    await deliver(context);
    const { rows } = await database.pool.query<{ minutes: number }>(
      `select round(extract(epoch from try_after - now()) / 60)::int as minutes from chargeback_data.budget_notification`,
    );
    waits.push(rows[0]?.minutes ?? 0);
    await timePasses();
  }
  expect(waits).toEqual([1, 4, 16, 64, 256, 360, 360, 360, 360]);
  await deliver(context);
  await timePasses();
  await deliver(context);
  expect(webhook.requests).toHaveLength(10);
  expect(await notificationRows(database.pool)).toMatchObject([
    { state: 'failed', attempts: 10, error: expect.stringMatching(/^127\.0\.0\.1:\d+ answered 503/) },
  ]);
});

test('what is refused for good is not tried again, says why, and does not keep others from being told', async () => {
  mail = await startMail({ refuse: (to) => (to === 'gone@example.com' ? '550 No such user' : undefined) });
  webhook = await startWebhook({ answer: async () => ({ status: 404 }) });
  const both = collector({ ...MAIL(mail), ...WEBHOOK(webhook) });
  await cross(both, { contact: ['gone@example.com', 'here@example.com'] });
  await deliver(both);
  await timePasses();
  await deliver(both);
  expect(await notificationRows(database.pool)).toMatchObject([
    {
      recipient: 'gone@example.com',
      state: 'failed',
      attempts: 1,
      error: expect.stringContaining('No such user'),
    },
    { recipient: 'here@example.com', state: 'sent', attempts: 1 },
    { channel: 'webhook', state: 'failed', attempts: 1, error: expect.stringContaining('404') },
  ]);
  expect(webhook.requests).toHaveLength(1);
});

test('a mail server that answers slowly keeps neither the webhook nor other work of the collector waiting', async () => {
  let answer: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => (answer = resolve));
  let arrived: () => void = () => undefined;
  const taken = new Promise<void>((resolve) => (arrived = resolve));
  mail = await startMail({
    hold: () => {
      arrived();
      return slow;
    },
  });
  webhook = await startWebhook();
  const both = collector({ ...MAIL(mail), ...WEBHOOK(webhook) });
  await cross(both, { contact: ['a@example.com', 'b@example.com', 'c@example.com'] });
  const delivering = deliver(both);
  await taken;
  while (webhook.requests.length === 0 || !(await states()).includes('webhook sent 1')) {
    await new Promise(setImmediate);
  }
  // Recording further crossings is not held up by the locks of what is being sent.
  await cross(both);
  expect(await states()).toEqual([
    ...Array<string>(3).fill('email waiting 0'),
    'webhook sent 1',
    'email waiting 0',
    'webhook waiting 0',
  ]);
  answer();
  await delivering;
  await deliver(both);
  expect(new Set(await states())).toEqual(new Set(['email sent 1', 'webhook sent 1']));
});

test('a collector that is told to stop finishes what it is sending and begins nothing new', async () => {
  const stopping = new AbortController();
  mail = await startMail({ hold: async () => stopping.abort() });
  const context = collector(MAIL(mail));
  await cross(context, { contact: Array.from({ length: 10 }, (_, number) => `a${number}@example.com`) });
  await deliverNotifications(context, stopping.signal);
  const sent = (await states()).filter((state) => state === 'email sent 1');
  expect(sent).toHaveLength(mail.mails.length);
  expect(sent.length).toBeLessThanOrEqual(2);
  await deliver(context);
  expect(mail.mails).toHaveLength(10);
});

test('news that is a week old is none: it is not sent when notifications are configured again', async () => {
  mail = await startMail();
  const context = collector(MAIL(mail));
  const DAY = 86_400_000;
  await cross(context, { contact: ['old@example.com'], crossedAt: new Date(Date.now() - 7 * DAY - 60_000) });
  await cross(context, { contact: ['new@example.com'], crossedAt: new Date(Date.now() - 7 * DAY + 60_000) });
  await deliver(context);
  expect(mail.mails.map(({ to }) => to)).toEqual([['new@example.com']]);
  expect(await notificationRows(database.pool)).toMatchObject([
    { recipient: 'old@example.com', state: 'failed', attempts: 0, error: 'not sent within 7 days of the crossing' },
    { recipient: 'new@example.com', state: 'sent' },
  ]);
});

test('a crossing that was noticed by a command line without configuration is told by the collector that has one, once', async () => {
  mail = await startMail();
  webhook = await startWebhook();
  const [commandLine, first, second] = [
    collector({}),
    collector({ ...MAIL(mail), ...WEBHOOK(webhook) }),
    collector({ ...MAIL(mail), ...WEBHOOK(webhook) }),
  ];
  await cross(commandLine);
  expect(await states()).toEqual([]);
  await Promise.all([deliver(first), deliver(second)]);
  await database.pool.query(`update chargeback_data.budget set contact = '{other@example.com}'`);
  await deliver(first);
  expect(await states()).toEqual(['email sent 1', 'webhook sent 1']);
  expect(mail.mails.map(({ to }) => to)).toEqual([['payments@example.com']]);
  expect(webhook.requests).toHaveLength(1);
});

test('when notifications are configured for the first time, only the crossings of the last day are news', async () => {
  mail = await startMail();
  const commandLine = collector({});
  const DAY = 86_400_000;
  await cross(commandLine, { contact: ['before@example.com'], crossedAt: new Date(Date.now() - DAY - 60_000) });
  await cross(commandLine, { contact: ['now@example.com'], crossedAt: new Date(Date.now() - DAY + 60_000) });
  await cross(commandLine, { contact: ['backfill@example.com'], announced: false });
  await cross(commandLine, { contact: [] });
  await deliver(collector(MAIL(mail)));
  expect(mail.mails.map(({ to }) => to)).toEqual([['now@example.com']]);
});

test('a crossing of a budget that was deleted since is told all the same', async () => {
  mail = await startMail();
  const context = collector(MAIL(mail));
  await cross(context);
  await database.pool.query('update chargeback_data.budget set deleted_at = now()');
  await deliver(context);
  expect(mail.mails).toHaveLength(1);
});

test('an answer of a mail server that cannot be stored as it is counts as an attempt like any other', async () => {
  mail = await startMail({ refuse: () => '451 Come\0back' });
  const context = collector(MAIL(mail));
  await cross(context);
  await deliver(context);
  expect(await states()).toEqual(['email waiting 1']);
  expect((await notificationRows(database.pool))[0]?.error).toMatch(/Come back/);
});
