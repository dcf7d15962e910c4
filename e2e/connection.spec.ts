import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import type { Page } from '@playwright/test';
import { freePort } from '../src/testing/local-server';
import { createOwnDatabase } from './environment/own-database';
import { startCollector } from './environment/start';
import { CONFIGURATION, environment, expect, expectAccessible, test, THEMES } from './journey';

const outcome = (page: Page, check: string) => page.getByTestId(`check-${check}`);

/** Saves a connection and lets it be tested. Without a key the saved one stays. */
async function connectTo(page: Page, url: string, key?: string): Promise<void> {
  await page.getByLabel(/^Collector URL/).fill(url);
  if (key !== undefined) {
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByLabel(/^Key/).fill(key);
  }
  await page.getByRole('button', { name: 'Save and test' }).click();
}

test.describe('the connection to the collector', () => {
  test.afterEach(async ({ page, open }) => {
    const { collector, key } = environment();
    await open(CONFIGURATION);
    await connectTo(page, collector, key);
    await expect(outcome(page, 'key')).toHaveAttribute('data-outcome', 'ok');
  });

  test('is tested from end to end', async ({ page, open }) => {
    await open(CONFIGURATION);
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    for (const check of ['collector', 'version', 'key', 'database', 'prometheus']) {
      await expect(outcome(page, check)).toHaveAttribute('data-outcome', 'ok');
    }
    await expect(outcome(page, 'key')).toContainText('with the role admin');
  });

  test('says that nothing answers at the URL', async ({ page, open }) => {
    await open(CONFIGURATION);
    await connectTo(page, await nobody());
    await expect(outcome(page, 'collector')).toHaveAttribute('data-outcome', 'failed');
    await expect(outcome(page, 'collector')).toContainText('Is the collector running');
    await expect(outcome(page, 'database')).toHaveAttribute('data-outcome', 'unknown');
  });

  test('says that the key is wrong, and only that', async ({ page, open }) => {
    await open(CONFIGURATION);
    await connectTo(page, environment().collector, 'not the key');
    await expect(outcome(page, 'key')).toHaveAttribute('data-outcome', 'failed');
    await expect(outcome(page, 'key')).toContainText('CHARGEBACK_GRAFANA_KEY');
    await expect(outcome(page, 'collector')).toHaveAttribute('data-outcome', 'ok');
  });

  test('says that something else answers', async ({ page, open }) => {
    await open(CONFIGURATION);
    await connectTo(page, environment().variables.PROMETHEUS_URL ?? '');
    await expect(outcome(page, 'collector')).toHaveAttribute('data-outcome', 'failed');
    await expect(page.getByText('All is well')).toHaveCount(0);
    await expect(page.getByTestId('step-connect')).toHaveAttribute('data-state', 'next');
    await expect(page.getByTestId('step-rates')).toHaveAttribute('data-state', 'later');
  });

  test('is saved without losing what else is stored', async ({ page, open }) => {
    await open(CONFIGURATION);
    const { url, collector } = environment();
    const settings = `${url}/api/plugins/finops-chargeback-app/settings`;
    const jsonData = { collectorUrl: collector, factsDatasource: 'facts-of-the-team' };
    expect((await page.request.post(settings, { data: { enabled: true, pinned: true, jsonData } })).ok()).toBe(true);
    await connectTo(page, `${collector}/`);
    await expect(outcome(page, 'collector')).toHaveAttribute('data-outcome', 'ok');
    const stored = (await (await page.request.get(settings)).json()) as { jsonData: unknown };
    expect(stored.jsonData).toEqual(jsonData);
    await page.request.post(settings, { data: { enabled: true, pinned: true, jsonData: { collectorUrl: collector } } });
  });

  test('leads from an empty ledger to what is to be done next', async ({ page, open }) => {
    const { variables } = environment();
    const server = new URL(variables.DATABASE_URL ?? '');
    server.pathname = '/postgres';
    const database = await createOwnDatabase(server.toString());
    const { CHARGEBACK_CONFIG: _configured, ...others } = variables;
    const empty = await startCollector({ ...others, DATABASE_URL: database.url, PROMETHEUS_URL: await nobody() });
    try {
      await open(CONFIGURATION);
      await connectTo(page, empty.url);
      const states = { connect: 'done', meters: 'later', hour: 'next', rates: 'next', owners: 'next', cost: 'later' };
      for (const [step, state] of Object.entries(states)) {
        await expect(page.getByTestId(`step-${step}`)).toHaveAttribute('data-state', state);
      }
      await expectAccessible(page);
      await page.getByRole('link', { name: 'Make a rate card' }).click();
      await expect(page).toHaveURL(/\/rates\?card=new/);
    } finally {
      await empty.stop();
      await database.drop();
    }
  });

  test('says that all steps are done where costs are', async ({ page, open }) => {
    await open(CONFIGURATION);
    await page.getByRole('button', { name: 'Setup: all steps are done' }).click();
    await expect(page.getByTestId('step-cost')).toHaveAttribute('data-state', 'done');
  });

  test('says that Prometheus is away', async ({ page, open }) => {
    const blind = await startCollector({
      ...environment().variables,
      PROMETHEUS_URL: await nobody(),
    });
    try {
      await open(CONFIGURATION);
      await connectTo(page, blind.url);
      await expect(outcome(page, 'prometheus')).toHaveAttribute('data-outcome', 'failed');
      await expect(outcome(page, 'database')).toHaveAttribute('data-outcome', 'ok');
      await expect(outcome(page, 'key')).toHaveAttribute('data-outcome', 'ok');
    } finally {
      await blind.stop();
    }
  });

  test('says that the database is away', async ({ page, open }) => {
    const { variables } = environment();
    const cable = await layCable(new URL(variables.DATABASE_URL ?? ''));
    const cut = await startCollector({ ...variables, DATABASE_URL: cable.url });
    try {
      await cable.cut();
      await open(CONFIGURATION);
      await connectTo(page, cut.url);
      await expect(outcome(page, 'database')).toHaveAttribute('data-outcome', 'failed');
      await expect(outcome(page, 'collector')).toHaveAttribute('data-outcome', 'ok');
    } finally {
      await cut.stop();
    }
  });

  test('takes no URL that is none, and never shows the key', async ({ page, open }) => {
    await open(CONFIGURATION);
    await page.getByLabel(/^Collector URL/).fill('collector:8080/');
    await expect(page.getByText('must begin with http:// or https://')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Save and test' })).toBeDisabled();
    expect(await page.content()).not.toContain(environment().key);
  });

  for (const theme of THEMES) {
    test(`is accessible in the ${theme} theme`, async ({ page, open }) => {
      await open(CONFIGURATION, { theme });
      await page.getByRole('button', { name: 'Test', exact: true }).click();
      await expect(outcome(page, 'collector')).toBeVisible();
      await expectAccessible(page);
    });
  }
});

/** An address on which nobody listens. */
const nobody = async () => `http://127.0.0.1:${await freePort()}`;

/** A way to a database that can be cut: the server behind it goes on. */
async function layCable(database: URL): Promise<{ url: string; cut: () => Promise<void> }> {
  const open = new Set<Socket>();
  const cable = createServer((near) => {
    const far = connect(Number(database.port || 5432), database.hostname);
    for (const end of [near, far]) {
      open.add(end);
      end.on('error', () => undefined).on('close', () => open.delete(end));
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => cable.listen(0, '127.0.0.1', resolve));
  const through = new URL(database);
  through.hostname = '127.0.0.1';
  through.port = String((cable.address() as AddressInfo).port);
  const cut = () =>
    new Promise<void>((resolve) => {
      cable.close(() => resolve());
      open.forEach((end) => end.destroy());
    });
  return { url: through.toString(), cut };
}
