import { loadConfig, type Config } from './config';
import { ChargebackError } from './errors';

const load = (environment: Record<string, string>) =>
  loadConfig({ DATABASE_URL: 'postgres://127.0.0.1/chargeback', ...environment });
const notifications = (environment: Record<string, string>): Config['notifications'] => load(environment).notifications;

/** The complete message that an administrator reads. */
function refusal(environment: Record<string, string>): string {
  try {
    load(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ChargebackError);
    return (error as Error).message;
  }
  throw new Error('it was accepted');
}

test('without variables nothing is sent', () => {
  expect(notifications({})).toEqual({ grafanaUrl: undefined });
});

test('all of it', () => {
  expect(
    notifications({
      CHARGEBACK_SMTP_URL: 'smtps://us%40er:p%2Fa%3Ass@mail.example.com:1465',
      CHARGEBACK_NOTIFY_FROM: 'Chargeback <chargeback@example.com>',
      CHARGEBACK_NOTIFY_EMAIL: 'a@example.com, b@example.com',
      CHARGEBACK_NOTIFY_WEBHOOK_URL: 'https://example.com/hooks/',
      CHARGEBACK_NOTIFY_WEBHOOK_SECRET: 'sixteen characters',
      CHARGEBACK_GRAFANA_URL: 'http://grafana:3000',
      CHARGEBACK_NOTIFY_GRAFANA_URL: 'https://grafana.example.com/',
    }),
  ).toEqual({
    email: {
      server: {
        host: 'mail.example.com',
        port: 1465,
        secure: true,
        login: { user: 'us@er', password: 'p/a:ss' },
      },
      from: 'Chargeback <chargeback@example.com>',
      fallback: ['a@example.com', 'b@example.com'],
    },
    webhook: { url: 'https://example.com/hooks/', secret: 'sixteen characters' },
    grafanaUrl: 'https://grafana.example.com',
  });
});

test('ports that are customary, an IPv6 address, and links to the Grafana that signs', () => {
  const mail = (url: string) =>
    notifications({ CHARGEBACK_SMTP_URL: url, CHARGEBACK_NOTIFY_FROM: 'a@example.com' }).email?.server;
  expect(mail('smtp://mail.example.com')).toEqual({ host: 'mail.example.com', port: 587, secure: false });
  expect(mail('smtps://mail.example.com/')).toEqual({ host: 'mail.example.com', port: 465, secure: true });
  expect(mail('smtp://[::1]:25')).toEqual({ host: '::1', port: 25, secure: false });
  expect(notifications({ CHARGEBACK_GRAFANA_URL: 'http://grafana:3000/' }).grafanaUrl).toBe('http://grafana:3000');
});

test('all problems are told at once, and no secret is repeated', () => {
  const message = refusal({
    CHARGEBACK_SMTP_URL: 'smtp://user:hunter2@mail.example.com:25/?tls=hunter2',
    CHARGEBACK_NOTIFY_FROM: 'nobody',
    CHARGEBACK_NOTIFY_EMAIL: 'a@example.com,b',
    CHARGEBACK_NOTIFY_WEBHOOK_URL: 'https://user:hunter2@example.com/hook',
    CHARGEBACK_NOTIFY_WEBHOOK_SECRET: 'hunter2',
    CHARGEBACK_NOTIFY_GRAFANA_URL: 'grafana',
  });
  expect(message).toContain('CHARGEBACK_SMTP_URL: must end with the port');
  expect(message).toContain('CHARGEBACK_NOTIFY_FROM: must be an e-mail address');
  expect(message).toContain('CHARGEBACK_NOTIFY_EMAIL: "b" is not an e-mail address');
  expect(message).toContain('CHARGEBACK_NOTIFY_WEBHOOK_URL: must not hold a user or password');
  expect(message).toContain('CHARGEBACK_NOTIFY_WEBHOOK_SECRET: must have at least 16 characters');
  expect(message).toContain('CHARGEBACK_NOTIFY_GRAFANA_URL: must be an http:// or https:// URL');
  expect(message).not.toContain('hunter2');
});

test.each([
  ['http://mail.example.com', 'must be smtp://HOST:PORT'],
  ['mail.example.com:25', 'must be smtp://HOST:PORT'],
  ['smtp://', 'must be smtp://HOST:PORT'],
  ['smtp://user@mail.example.com', 'needs both a user and a password'],
  ['smtp://user:50%@mail.example.com', 'write it as %25'],
  ['smtp://user:a/b@mail.example.com:25', 'must be smtp://HOST:PORT'],
])('a mail server written as %s is refused', (url, reason) => {
  expect(refusal({ CHARGEBACK_SMTP_URL: url, CHARGEBACK_NOTIFY_FROM: 'a@example.com' })).toContain(reason);
});

test.each([
  'a@example.com\r\nBcc: x@example.com',
  'Evil\r\nBcc: x <a@example.com>',
  '<a@example.com>, b@example.com',
  '',
])('a sender that would be more than one line or address is refused: %j', (from) => {
  expect(refusal({ CHARGEBACK_SMTP_URL: 'smtp://127.0.0.1', CHARGEBACK_NOTIFY_FROM: from })).toContain(
    'CHARGEBACK_NOTIFY_FROM',
  );
});

test('a variable that does nothing without another one asks for that', () => {
  expect(refusal({ CHARGEBACK_SMTP_URL: 'smtp://127.0.0.1' })).toContain(
    'CHARGEBACK_NOTIFY_FROM: is missing, and CHARGEBACK_SMTP_URL needs it',
  );
  expect(refusal({ CHARGEBACK_NOTIFY_EMAIL: 'a@example.com' })).toContain(
    'CHARGEBACK_SMTP_URL: is missing, and CHARGEBACK_NOTIFY_EMAIL needs it',
  );
  expect(refusal({ CHARGEBACK_NOTIFY_WEBHOOK_SECRET: 'sixteen characters' })).toContain(
    'CHARGEBACK_NOTIFY_WEBHOOK_URL: is missing, and CHARGEBACK_NOTIFY_WEBHOOK_SECRET needs it',
  );
});
