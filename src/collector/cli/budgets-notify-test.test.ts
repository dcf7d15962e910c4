import { BudgetWebhook } from '../../api/budget-webhook';
import { startMailServer, type MailServer } from '../../testing/mail-server';
import { runChargeback } from '../../testing/run-chargeback';
import { startWebhookReceiver, type WebhookReceiver } from '../../testing/webhook-receiver';

/** No database is asked: an administrator tries this before anything else works. */
const DATABASE_URL = 'postgres://127.0.0.1:1/nowhere';

let mail: MailServer;
let webhook: WebhookReceiver;
beforeEach(async () => {
  mail = await startMailServer();
  webhook = await startWebhookReceiver();
});
afterEach(() => Promise.all([mail.stop(), webhook.stop()]));

const environment = () => ({
  DATABASE_URL,
  CHARGEBACK_SMTP_URL: mail.url,
  CHARGEBACK_NOTIFY_FROM: 'chargeback@example.com',
  CHARGEBACK_NOTIFY_WEBHOOK_URL: `${webhook.url}/hunter2`,
  CHARGEBACK_CURRENCY: 'EUR',
});
const notifyTest = (args: string[], variables: Record<string, string> = environment()) =>
  runChargeback(['budgets', 'notify-test', ...args], variables);

test('a test arrives by both ways, and says that it is one', async () => {
  const { code, stdout, stderr } = await notifyTest(['--to', 'me@example.com', '--webhook']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(
    'CHARGEBACK_SMTP_URL: the test was taken over.\nCHARGEBACK_NOTIFY_WEBHOOK_URL: the test was taken over.\n',
  );
  expect(mail.mails.map(({ to, headers }) => [to, headers.get('subject')])).toEqual([
    [['me@example.com'], expect.stringMatching(/^\[Test\] Budget .*: 90 % of 1,000 EUR spent in \d{4}-\d{2}$/)],
  ]);
  const [body] = webhook.requests.map((request) => BudgetWebhook.strict().parse(JSON.parse(request.body)));
  expect(body).toMatchObject({ event: 'budget.test', id: 'test', currency: 'EUR' });
});

test('only what was asked for is tried', async () => {
  expect((await notifyTest(['--webhook'])).code).toBe(0);
  expect(mail.mails).toEqual([]);
  expect(webhook.requests).toHaveLength(1);
});

test('all that fails is told with its reason, and no secret', async () => {
  await Promise.all([mail.stop(), webhook.stop()]);
  const { code, stderr } = await notifyTest(['--to', 'me@example.com', '--webhook']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/CHARGEBACK_SMTP_URL: 127\.0\.0\.1: .*ECONNREFUSED/);
  expect(stderr).toMatch(/CHARGEBACK_NOTIFY_WEBHOOK_URL: 127\.0\.0\.1:\d+: .*ECONNREFUSED/);
  expect(stderr).not.toContain('hunter2');
  [mail, webhook] = [await startMailServer(), await startWebhookReceiver()];
});

test('what is not configured is named, all of it', async () => {
  const { code, stderr } = await notifyTest(['--to', 'me@example.com', '--webhook'], { DATABASE_URL });
  expect(code).toBe(1);
  expect(stderr).toContain('CHARGEBACK_SMTP_URL: is missing');
  expect(stderr).toContain('CHARGEBACK_NOTIFY_WEBHOOK_URL: is missing');
});

test('a test of nothing, and an address that is none', async () => {
  expect(await notifyTest([])).toMatchObject({ code: 2, stderr: expect.stringContaining('--to ADDRESS') });
  expect(await notifyTest(['--to', 'me'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('"me" is not an e-mail address'),
  });
  expect(mail.mails).toEqual([]);
});
