import type { Page } from '@playwright/test';
import { EXPECTED, usageMonth } from './environment/known-usage';
import { startOwnCollector, type OwnCollector } from './environment/own-collector';
import { APP, CONFIGURATION, environment, expect, test } from './journey';

const MONTH = usageMonth();
const DAY = `${MONTH}-10`;

const step = (page: Page, id: string) => page.getByTestId(`step-${id}`);

/** What the page says is to be done next. */
const next = (page: Page, what: string) => page.getByRole('status').filter({ hasText: `Next: ${what}` });

/** Chooses or types a value in a field of the rule that is being written. */
async function fillRule(page: Page, label: string, value: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).fill(value);
  await page.getByRole('option', { name: value }).first().click();
}

test.describe('from an empty install to the first cost', () => {
  const { key, variables } = environment();
  let own: OwnCollector;

  test.beforeAll(async () => {
    own = await startOwnCollector(environment(), { connected: false, prometheus: variables.PROMETHEUS_URL });
  });
  test.afterAll(() => own.stop());

  test('a newcomer follows what the pages say', async ({ page, open }) => {
    test.setTimeout(240_000);
    await test.step('the start page leads to the connection', async () => {
      await open(`${APP}/chargeback`);
      await expect(page.getByText('The collector does not answer')).toBeVisible();
      await page.getByRole('link', { name: 'Open Connection' }).click();
    });

    await test.step('the collector is connected', async () => {
      await expect(step(page, 'connect')).toHaveAttribute('data-state', 'next');
      await page.getByLabel(/^Collector URL/).fill(own.url);
      await page.getByLabel(/^Key/).fill(key);
      await page.getByRole('button', { name: 'Save and test' }).click();
      for (const check of ['collector', 'key', 'database', 'prometheus']) {
        await expect(page.getByTestId(`check-${check}`)).toHaveAttribute('data-outcome', 'ok');
      }
      await expect(step(page, 'connect')).toHaveAttribute('data-state', 'done');
    });

    await test.step('hours that Prometheus already has are collected', async () => {
      await step(page, 'hour')
        .or(step(page, 'meters'))
        .getByRole('link', { name: /Open Collection|See what the meters read/ })
        .first()
        .click();
      const backfill = page.getByRole('region', { name: 'Backfill' });
      // One looks at the hours of the month in question.
      await page.getByRole('button', { name: 'Previous month' }).click();
      await expect(page.getByRole('grid')).toBeVisible();
      await backfill.getByRole('button', { name: /\d to \d/ }).click();
      await page.getByLabel('From').fill(`${DAY} 00:00:00`);
      await page.getByLabel('To', { exact: true }).fill(`${DAY} 23:59:59`);
      await page.getByRole('button', { name: 'Apply time range' }).click();
      await backfill.getByRole('button', { name: 'Collect these hours' }).click();
      await expect(page.getByRole('dialog')).toContainText('24 hours of 6 meters');
      await page.getByRole('dialog').getByRole('button', { name: 'Collect', exact: true }).click();
      await expect(backfill.getByText(/^Done:/)).toBeVisible({ timeout: 90_000 });
      // The meters are seen: 33 topics were written to.
      const meters = page.getByRole('table', { name: 'Meters and how far they are collected' });
      await expect(meters.getByRole('row').filter({ hasText: 'Kafka ingress bytes' })).toContainText('33');
    });

    await test.step('the page leads on to the rates', async () => {
      await next(page, 'set rates').getByRole('link', { name: 'Make a rate card' }).click();
      await page.getByLabel('Name').fill('first prices');
      await page.getByLabel('Valid from').fill(`${MONTH}-01`);
      for (const [meter, price] of [
        ['Kafka ingress bytes', '0.10'],
        ['Kafka egress bytes', '0.05'],
        ['Kafka ingress messages', '0.01'],
      ] as const) {
        await page.getByText(meter, { exact: true }).click();
        await page
          .getByRole('group', { name: new RegExp(`^${meter} `) })
          .getByLabel('Price *')
          .fill(price);
      }
      await page.getByRole('button', { name: 'Preview the effect' }).click();
      await expect(page.getByRole('table', { name: 'Effect on bills' })).toContainText('6.11');
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByText(/first prices is saved/)).toBeVisible();
    });
    await test.step('the first cost belongs to nobody, and the page leads on to the owners', async () => {
      await next(page, 'assign owners').getByRole('link', { name: 'Open Ownership' }).click();
      await page.getByRole('button', { name: 'Previous month' }).click();
      await expect(page.getByText(/ resources without a workspace, 6\.11 USD/)).toBeVisible();
      const unmatched = page.getByRole('region', { name: 'Unmatched resources' });
      await unmatched.getByRole('row').filter({ hasText: 'checkout.orders' }).getByRole('button').click();
      await fillRule(page, 'Set: Workspace', 'payments');
      await page.getByRole('dialog').getByRole('button', { name: 'Set another field' }).click();
      await page.getByRole('combobox', { name: 'Set: field 2' }).click();
      await page.getByRole('option', { name: 'Application' }).click();
      await fillRule(page, 'Set: Application', 'checkout');
      await page.getByRole('dialog').getByRole('button', { name: 'Put into the draft' }).click();
      const draft = page.getByRole('region', { name: 'Draft of the directory' });
      await draft.getByRole('button', { name: 'Preview the effect' }).click();
      await expect(page.getByRole('table', { name: 'Effect of the draft by workspace' })).toContainText('+1.27');
      await draft.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByText(/^The directory is saved/)).toBeVisible();
    });

    await test.step('the first cost of a workspace is there, and all steps are done', async () => {
      const done = page.getByRole('status').filter({ hasText: 'All steps are done' });
      await done.getByRole('link', { name: 'Open Chargeback' }).click();
      await page.getByRole('button', { name: 'Previous month' }).click();
      await expect(page.getByTestId('summary-total').getByTitle(`${EXPECTED.total} USD`)).toBeVisible();
      const line = page.getByRole('table', { name: 'Chargeback by application' }).getByRole('row');
      // 10 GB in at 0.10, 5 GB out at 0.05 and 1.5 million messages at 0.01.
      await expect(
        line.filter({ hasText: 'checkout' }).getByTitle(`${EXPECTED.checkout} USD`, { exact: true }),
      ).toHaveText('1.27');
      await open(CONFIGURATION);
      await expect(page.getByText('Setup: all steps are done')).toBeVisible();
    });
  });
});
