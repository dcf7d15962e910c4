import { createDatabase, type TestDatabase } from '../../../testing/database';
import { crossBudget, notificationRows, type CrossedBudget } from '../../../testing/crossed-budget';
import { inTransaction } from '../../db/pool';
import { loadConfig } from '../../config';
import { queueNotifications } from './queue-notifications';

const MAIL = { CHARGEBACK_SMTP_URL: 'smtp://127.0.0.1:2525', CHARGEBACK_NOTIFY_FROM: 'chargeback@example.com' };
const WEBHOOK = { CHARGEBACK_NOTIFY_WEBHOOK_URL: 'https://hooks.example.com/T0/secret-path' };

let database: TestDatabase;
beforeEach(async () => {
  database = await createDatabase();
});
afterEach(() => database.drop());

/** Records a crossing and what is to be told of it, and returns to whom by which way. */
async function told(environment: Record<string, string>, crossed: CrossedBudget = {}): Promise<string[]> {
  const id = await crossBudget(database.pool, crossed);
  const config = loadConfig({ DATABASE_URL: database.url, ...environment });
  await inTransaction(database.pool, (db) => queueNotifications(db, { config }, [id]));
  const rows = await notificationRows(database.pool);
  expect(rows.every(({ state, attempts }) => state === 'waiting' && attempts === 0)).toBe(true);
  return rows.filter(({ crossing }) => crossing === id).map(({ channel, recipient }) => `${channel} ${recipient}`);
}

test('by default nobody is told', async () => {
  await expect(told({})).resolves.toEqual([]);
});

test('the contact of the budget is told by mail, each address by itself, and nobody else', async () => {
  const crossed = { contact: ['b@example.com', 'a@example.com'] };
  await expect(told({ ...MAIL, CHARGEBACK_NOTIFY_EMAIL: 'finops@example.com' }, crossed)).resolves.toEqual([
    'email a@example.com',
    'email b@example.com',
  ]);
});

test('of a budget without a contact those are told who are configured for that; without any nobody', async () => {
  const fallback = { CHARGEBACK_NOTIFY_EMAIL: 'finops@example.com, platform@example.com' };
  await expect(told({ ...MAIL, ...fallback }, { contact: [] })).resolves.toEqual([
    'email finops@example.com',
    'email platform@example.com',
  ]);
  await expect(told(MAIL, { contact: [] })).resolves.toEqual([]);
});

test('an address that is written twice is told once', async () => {
  await expect(told(MAIL, { contact: ['a@example.com', 'a@example.com'] })).resolves.toEqual(['email a@example.com']);
});

test('the webhook is told once, and its path, which may be a secret, is not stored', async () => {
  await expect(told(WEBHOOK, { contact: ['a@example.com', 'b@example.com'] })).resolves.toEqual([
    'webhook hooks.example.com',
  ]);
});

test('both ways together', async () => {
  await expect(told({ ...MAIL, ...WEBHOOK })).resolves.toEqual([
    'email payments@example.com',
    'webhook hooks.example.com',
  ]);
});

test('of a crossing that is not to be announced, as after a backfill, nobody is told', async () => {
  await expect(told({ ...MAIL, ...WEBHOOK }, { announced: false })).resolves.toEqual([]);
});

test('the same crossings again change nothing, and other crossings are left alone', async () => {
  const config = loadConfig({ DATABASE_URL: database.url, ...MAIL });
  const [first, second] = [await crossBudget(database.pool), await crossBudget(database.pool)];
  const queue = () => inTransaction(database.pool, (db) => queueNotifications(db, { config }, [first]));
  await queue();
  await database.pool.query(`update chargeback_data.budget_notification set state = 'sent', attempts = 1`);
  await queue();
  expect(await notificationRows(database.pool)).toEqual([
    { crossing: first, channel: 'email', recipient: 'payments@example.com', state: 'sent', attempts: 1, error: null },
  ]);
  expect(second).not.toBe(first);
});

test('when the transaction that records a crossing fails, nobody is told of it', async () => {
  const config = loadConfig({ DATABASE_URL: database.url, ...MAIL });
  const id = await crossBudget(database.pool);
  const failing = inTransaction(database.pool, async (db) => {
    await queueNotifications(db, { config }, [id]);
    throw new Error('the power failed');
  });
  await expect(failing).rejects.toThrow('the power failed');
  expect(await notificationRows(database.pool)).toEqual([]);
});
