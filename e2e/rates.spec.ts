import type { Page } from '@playwright/test';
import { usageMonth } from './environment/known-usage';
import { APP, environment, expect, expectAccessible, PROXY, test, THEMES } from './journey';

const MONTH = usageMonth();
const PAGE = `${APP}/rates`;

/** Takes away what a journey left behind, so that each begins with the one card of the set-up. */
async function removeCards(page: Page, ...names: string[]): Promise<void> {
  const { collector, key } = environment();
  const headers = { authorization: `Bearer ${key}` };
  const { data } = (await (await page.request.get(`${collector}/v1/rate-cards`, { headers })).json()) as {
    data: Array<{ id: number; name: string }>;
  };
  for (const { id } of data.filter(({ name }) => names.includes(name))) {
    await page.request.delete(`${collector}/v1/rate-cards/${id}`, { headers });
  }
}

test.describe('rate cards', () => {
  test.afterEach(({ page }) => removeCards(page, 'dearer', 'tiers', 'short-lived'));

  test('an administrator sees what is wrong, what it would cost whom, and saves', async ({ page, open }) => {
    await open(PAGE);
    await page.getByRole('button', { name: 'New rate card' }).click();
    await page.getByRole('button', { name: 'Preview the effect' }).click();
    await expect(page.getByText('3 things are not right yet')).toBeVisible();
    await expect(page.getByRole('button', { name: /^(Save|Look at the effect)/ })).toBeDisabled();

    await page.getByLabel('Name').fill('dearer');
    await page.getByLabel('Valid from').fill(`${MONTH}-10`);
    await page.getByLabel('Notes').fill('twice the price');
    await page.getByText('Kafka ingress bytes', { exact: true }).click();
    await page.getByLabel('Price *').fill('-0.20');
    await expect(page.getByText('must not be negative').first()).toBeVisible();
    await page.getByLabel('Price *').fill('0.20');
    await expect(page.getByText('must not be negative')).toHaveCount(0);

    await page.getByRole('button', { name: 'Preview the effect' }).click();
    const effect = page.getByRole('table', { name: 'Effect of the change' });
    await expect(effect.getByRole('row').filter({ hasText: 'analytics' })).toContainText(/4\.54.*9\.08.*\+4\.54/);
    await expect(effect.getByRole('row').filter({ hasText: 'payments' })).toContainText(/1\.10.*2\.20.*\+1\.10/);
    await expect(effect.getByRole('row').filter({ hasText: 'Unallocated' })).toContainText(/0\.20.*0\.40.*\+0\.20/);
    await expect(effect.getByRole('row').filter({ hasText: 'Total' })).toContainText('+5.84');

    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('dearer is saved and in the figures.')).toBeVisible();
    const saved = page.getByRole('row').filter({ hasText: 'dearer' });
    await expect(saved).toContainText('twice the price');
    await expect(saved).toContainText('0.20 USD per GB');
    await expect(saved).toContainText('In force');
    await expect(page.getByRole('row').filter({ hasText: 'agreed with finance' })).toContainText('Partly in force');

    await open(`${APP}/chargeback?period=${MONTH}`);
    await expect(page.getByTestId('summary-total')).toContainText('11.95 USD');
  });

  test('a preview changes nothing, and another change asks for another preview', async ({ page, open }) => {
    await open(`${PAGE}?card=new`);
    await page.getByLabel('Name').fill('dearer');
    await page.getByLabel('Valid from').fill(`${MONTH}-10`);
    await page.getByText('Kafka egress bytes', { exact: true }).click();
    await page.getByLabel('Price *').fill('1');
    await page.getByRole('button', { name: 'Preview the effect' }).click();
    await expect(page.getByRole('table', { name: 'Effect of the change' })).toContainText('+4.75');
    await page.getByLabel('Price *').fill('2');
    await expect(page.getByRole('table', { name: 'Effect of the change' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('row').filter({ hasText: 'dearer' })).toHaveCount(0);
  });

  test('tiers are typed in customary amounts, for one workspace, and come back the same', async ({ page, open }) => {
    await open(`${PAGE}?card=new`);
    await page.getByLabel('Name').fill('tiers');
    await page.getByLabel('Valid from').fill(`${MONTH}-10`);
    await page.getByRole('combobox', { name: /^For/ }).click();
    await page.getByRole('option', { name: 'payments' }).click();
    await page.getByText('Kafka ingress bytes', { exact: true }).click();
    await page.getByRole('radio', { name: 'Tiers' }).check();
    await page.getByLabel('Tier 1: price').fill('0');
    await page.getByRole('button', { name: 'Add a tier' }).click();
    await page.getByLabel('Tier 2: month to date from').fill('10');
    await expect(page.getByText('= 10,737,418,240 bytes')).toBeVisible();
    await page.getByLabel('Tier 2: price').fill('0.30');
    await page.getByRole('button', { name: 'Preview the effect' }).click();
    // 11 GB: ten are free, one costs 0.30 instead of 1.10 for all.
    await expect(page.getByRole('row').filter({ hasText: 'payments' })).toContainText(/1\.10.*0\.30.*-0\.80/);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('heading', { name: 'Only for payments' })).toBeVisible();
    await page.getByRole('button', { name: /^Edit tiers/ }).click();
    await expect(page.getByLabel('Tier 2: month to date from')).toHaveValue('10');
    await expect(page.getByLabel('Tier 2: price')).toHaveValue('0.3');
    await expect(page.getByLabel('Valid from')).toHaveValue(`${MONTH}-10`);
  });

  test('two administrators who edit one card do not overwrite each other', async ({ page, open }) => {
    const { url } = environment();
    await open(PAGE);
    const post = await page.request.post(`${url}${PROXY}/v1/rate-cards`, {
      data: {
        name: 'short-lived',
        valid_from: `${MONTH}-20`,
        prices: { kafka_requests: { per: '1000', unit_price: '1' } },
      },
    });
    expect(post.status(), await post.text()).toBeLessThan(300);
    const card = (await post.json()) as { id: number; version: number };
    await open(`${PAGE}?card=${card.id}`);
    await page.getByLabel('Notes').fill('mine');
    const other = await page.request.put(`${url}${PROXY}/v1/rate-cards/${card.id}`, {
      data: {
        name: 'short-lived',
        valid_from: `${MONTH}-20`,
        notes: 'theirs',
        prices: { kafka_requests: { per: '1000', unit_price: '2' } },
        version: card.version,
      },
    });
    expect(other.ok(), await other.text()).toBe(true);
    await page.getByRole('button', { name: 'Preview the effect' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Discard my changes and load the saved card' }).click();
    await expect(page.getByLabel('Notes')).toHaveValue('theirs');
  });

  test('a card is deleted only after a question', async ({ page, open }) => {
    const { url } = environment();
    await open(PAGE);
    await page.request.post(`${url}${PROXY}/v1/rate-cards`, {
      data: {
        name: 'short-lived',
        valid_from: `${MONTH}-20`,
        prices: { kafka_requests: { per: '1000', unit_price: '1' } },
      },
    });
    await page.reload();
    await page.getByRole('button', { name: /^Delete short-lived/ }).click();
    const question = page.getByRole('dialog');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('row').filter({ hasText: 'short-lived' })).toHaveCount(1);
    await page.getByRole('button', { name: /^Delete short-lived/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByRole('row').filter({ hasText: 'short-lived' })).toHaveCount(0);
  });

  test('a card that meets another one is refused in words', async ({ page, open }) => {
    await open(`${PAGE}?card=new`);
    await page.getByLabel('Name').fill('dearer');
    await page.getByLabel('Valid from').fill(`${MONTH}-01`);
    await page.getByText('Kafka ingress bytes', { exact: true }).click();
    await page.getByLabel('Price *').fill('1');
    await page.getByRole('button', { name: 'Preview the effect' }).click();
    await expect(page.getByRole('alert')).toContainText(/kafka/);
    await expect(page.getByRole('button', { name: /^(Save|Look at the effect)/ })).toBeDisabled();
  });

  test('a viewer reads the prices and changes nothing', async ({ page, open }) => {
    await open(PAGE, { user: 'viewer' });
    await expect(page.getByRole('row').filter({ hasText: 'agreed with finance' })).toContainText('0.10 USD per GB');
    await expect(page.getByRole('button', { name: /New rate card|Edit|Delete/ })).toHaveCount(0);
    await open(`${PAGE}?card=new`, { user: 'viewer' });
    await expect(page.getByText('Only administrators can change rate cards')).toBeVisible();
    const forbidden = await page.request.post(`${environment().url}${PROXY}/v1/rate-cards`, { data: {} });
    expect(forbidden.status()).toBe(403);
  });

  for (const theme of THEMES) {
    test(`list and editor are accessible in the ${theme} theme`, async ({ page, open }) => {
      await open(PAGE, { theme });
      await expect(page.getByRole('heading', { name: 'For every workspace' })).toBeVisible();
      await expectAccessible(page);
      await open(`${PAGE}?card=new`, { theme });
      await page.getByText('Kafka ingress bytes', { exact: true }).click();
      await page.getByRole('radio', { name: 'Tiers' }).check();
      await page.getByRole('button', { name: 'Preview the effect' }).click();
      await expect(page.getByText(/things are not right yet/)).toBeVisible();
      await expectAccessible(page);
    });
  }
});
