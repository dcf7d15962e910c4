import { createDatabase, type TestDatabase } from '../../../testing/database';
import { crossBudget, notificationRows } from '../../../testing/crossed-budget';
import { startMailServer } from '../../../testing/mail-server';
import { startChargeback, type RunningChargeback } from '../../../testing/run-chargeback';
import { inTransaction } from '../../db/pool';
import { loadConfig } from '../../config';
import { queueNotifications } from './queue-notifications';

let database: TestDatabase;
beforeEach(async () => {
  database = await createDatabase();
});
afterEach(() => database.drop());

/** What a collector without Prometheus runs with: it collects nothing, and tells of crossings all the same. */
const environment = (smtp: string) => ({
  DATABASE_URL: database.url,
  CHARGEBACK_LISTEN: '127.0.0.1:0',
  CHARGEBACK_SMTP_URL: smtp,
  CHARGEBACK_NOTIFY_FROM: 'chargeback@example.com',
});

async function cross(smtp: string): Promise<void> {
  const id = await crossBudget(database.pool, { name: 'Payments' });
  const config = loadConfig(environment(smtp));
  await inTransaction(database.pool, (db) => queueNotifications(db, { config }, [id]));
}

async function stopped(collectors: RunningChargeback[]): Promise<void> {
  collectors.forEach((collector) => collector.kill('SIGTERM'));
  expect((await Promise.all(collectors.map(({ ended }) => ended))).map(({ code }) => code)).toEqual(
    collectors.map(() => 0),
  );
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const allSent = async () => (await notificationRows(database.pool)).every(({ state }) => state === 'sent');

test('a collector that is killed while the mail is taken over leaves it to the next, and it is known as the same mail', async () => {
  const killed: RunningChargeback[] = [];
  const mail = await startMailServer({
    // The first mail is in the hands of the server, and nobody will be told so.
    hold: async () => {
      killed.splice(0).forEach((collector) => collector.kill('SIGKILL'));
    },
  });
  await cross(mail.url);
  const first = startChargeback(['serve'], environment(mail.url));
  killed.push(first);
  await first.ended;
  expect(mail.mails).toHaveLength(1);
  expect(await notificationRows(database.pool)).toMatchObject([{ state: 'waiting', attempts: 0 }]);

  const second = startChargeback(['serve'], environment(mail.url));
  await until(allSent);
  await stopped([second]);
  expect(mail.mails).toHaveLength(2);
  expect(mail.mails[1]?.headers.get('message-id')).toBe(mail.mails[0]?.headers.get('message-id'));
  expect(await notificationRows(database.pool)).toMatchObject([{ state: 'sent', attempts: 1 }]);

  // Once it is marked, another start sends nothing.
  const third = startChargeback(['serve'], environment(mail.url));
  await until(async () => third.log().includes('listening'));
  await stopped([third]);
  expect(mail.mails).toHaveLength(2);
  await mail.stop();
});

test('two collectors that serve tell once', async () => {
  const mail = await startMailServer();
  const both = [1, 2].map(() => startChargeback(['serve'], environment(mail.url)));
  await until(async () => both.every((collector) => collector.log().includes('listening')));
  await cross(mail.url);
  await until(allSent);
  await stopped(both);
  expect(mail.mails.map(({ to }) => to)).toEqual([['payments@example.com']]);
  await mail.stop();
});
