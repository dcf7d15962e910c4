import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import type { Page } from '@playwright/test';
import { freePort } from '../src/testing/local-server';
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
    for (const check of ['collector', 'key', 'database', 'prometheus']) {
      await expect(outcome(page, check)).toHaveAttribute('data-outcome', 'ok');
    }
    await expect(outcome(page, 'key')).toContainText('with the role admin');
  });

  test('says that nothing answers at the URL', async ({ page, open }) => {
    await open(CONFIGURATION);
    await connectTo(page, `http://127.0.0.1:${await freePort()}`);
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
  });

  test('says that Prometheus is away', async ({ page, open }) => {
    const blind = await startCollector({
      ...environment().variables,
      PROMETHEUS_URL: `http://127.0.0.1:${await freePort()}`,
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
