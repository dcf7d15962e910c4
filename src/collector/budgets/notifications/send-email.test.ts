import { startMailServer, type MailServer } from '../../../testing/mail-server';
import { loadConfig } from '../../config';
import type { CrossingNews } from './crossing-news';
import type { DeliveryFailure } from './delivery-failure';
import { sendEmail } from './send-email';

const NEWS: CrossingNews = {
  id: '17',
  budgetId: 3,
  budget: 'Zahlungen für Köln',
  owner: 'Payments team',
  scope: {},
  interval: 'month',
  period: { start: '2026-11', end: '2026-12' },
  percent: '90',
  amount: '1000',
  spent: '912.4',
  usedPercent: '91.24',
  currency: 'USD',
  crossedAt: new Date('2026-11-20T14:12:00Z'),
  dataUntil: new Date('2026-11-20T14:00:00Z'),
};

let server: MailServer;
afterEach(() => server.stop());

async function send(
  url: string,
  { to = 'payments@example.com', signal = AbortSignal.timeout(60_000), news = NEWS } = {},
): Promise<DeliveryFailure | null> {
  const config = loadConfig({
    DATABASE_URL: 'postgres://127.0.0.1/chargeback',
    CHARGEBACK_SMTP_URL: url,
    CHARGEBACK_NOTIFY_FROM: 'Chargeback <chargeback@example.com>',
  });
  const { email } = config.notifications;
  if (!email) {
    throw new Error('mail is configured');
  }
  return sendEmail(email, config, { news, to, signal }).then(
    () => null,
    (failure: DeliveryFailure) => failure,
  );
}

test('a mail arrives with its headers, as text and as HTML', async () => {
  server = await startMailServer();
  expect(await send(server.url)).toBeNull();
  const [mail] = server.mails;
  expect(mail?.to).toEqual(['payments@example.com']);
  expect(Object.fromEntries(mail?.headers ?? [])).toMatchObject({
    from: 'Chargeback <chargeback@example.com>',
    to: 'payments@example.com',
    subject: 'Budget Zahlungen für Köln: 90 % of 1,000 USD spent in 2026-11',
    'auto-submitted': 'auto-generated',
  });
  expect(mail?.text).toContain('Spent:      912.40 USD (91.24 %)\n');
  expect(mail?.html).toContain('<td>912.40 USD (91.24 %)</td>');
});

test('repeated, a mail has the same Message-ID; to somebody else, of another crossing or of another ledger it has another', async () => {
  server = await startMailServer();
  await send(server.url);
  await send(server.url);
  await send(server.url, { to: 'other@example.com' });
  await send(server.url, { news: { ...NEWS, id: '18' } });
  await send(server.url, { news: { ...NEWS, crossedAt: new Date(0) } });
  const ids = server.mails.map(({ headers }) => headers.get('message-id'));
  expect(ids[0]).toMatch(/^<budget-crossing-17\.[0-9a-f]{32}@example\.com>$/);
  expect(ids[1]).toBe(ids[0]);
  expect(new Set(ids).size).toBe(4);
});

test('a login is used', async () => {
  server = await startMailServer({ login: { user: 'us@er', password: 'p/a:ss' } });
  expect(await send(`smtp://us%40er:p%2Fa%3Ass@127.0.0.1:${server.port}`)).toBeNull();
  expect(server.mails).toHaveLength(1);
});

test('a login that is refused is mended in the configuration, hence tried again, and the password is not told', async () => {
  server = await startMailServer({ login: { user: 'user', password: 'right' } });
  const failure = await send(`smtp://user:hunter2@127.0.0.1:${server.port}`);
  expect(failure?.permanent).toBe(false);
  expect(failure?.reason).toMatch(/^127\.0\.0\.1: .*Who are you\?/);
  expect(failure?.reason).toMatch(/Who are you\? \*{3} \*{3} \*{3}$/);
});

test('what a server answers is told in one line without control characters', async () => {
  server = await startMailServer({ refuse: () => '451 Come\0back\tlater' });
  expect((await send(server.url))?.reason).toMatch(/451 Come back later$/);
});

test('an encryption that cannot be trusted is not used, and nothing is sent without it either', async () => {
  server = await startMailServer({ startTls: true });
  const failure = await send(server.url);
  expect(failure).toMatchObject({ permanent: false });
  expect(failure?.reason).toMatch(/certificate/);
  expect(server.mails).toEqual([]);
});

test('an answer 5xx to the recipient is permanent, 4xx is not', async () => {
  server = await startMailServer({
    refuse: (address) => (address.startsWith('gone') ? '550 No such user' : '451 Come back later'),
  });
  expect(await send(server.url, { to: 'gone@example.com' })).toMatchObject({
    permanent: true,
    reason: expect.stringContaining('No such user'),
  });
  expect(await send(server.url)).toMatchObject({
    permanent: false,
    reason: expect.stringContaining('Come back later'),
  });
});

test('a server that is not there is tried again', async () => {
  server = await startMailServer();
  await server.stop();
  expect(await send(server.url)).toMatchObject({ permanent: false, reason: expect.stringContaining('ECONNREFUSED') });
});

test('a server that does not come to an end is left when the time is over', async () => {
  const patience = new AbortController();
  server = await startMailServer({
    hold: () => {
      patience.abort();
      return new Promise(() => undefined);
    },
  });
  expect(await send(server.url, { signal: patience.signal })).toMatchObject({
    permanent: false,
    reason: '127.0.0.1 took too long',
  });
});

test.each(['nobody', 'a@example.com, b@example.com', 'a@example.com\r\nBcc: b@example.com', '<a@example.com>'])(
  'an address that is none, which nothing lets in, is not asked of the server: %j',
  async (to) => {
    server = await startMailServer();
    expect(await send(server.url, { to })).toMatchObject({ permanent: true });
    expect(server.mails).toEqual([]);
  },
);
