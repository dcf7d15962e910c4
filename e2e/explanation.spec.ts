import type { Page } from '@playwright/test';
import { usageHour, usageMonth } from './environment/known-usage';
import { APP, expect, expectAccessible, test, THEMES } from './journey';

const MONTH = usageMonth();
const HOUR = new Date(usageHour()).toISOString();
const CHECKOUT = { workspace: 'payments', application: 'checkout', environment: 'prod' };

/** The address of the explanation of the worked example, opened as far as `place` says. */
function address(place: Record<string, string> = {}): string {
  const why = new URLSearchParams(CHECKOUT).toString();
  return `${APP}/chargeback?${new URLSearchParams({ period: MONTH, why, ...place }).toString()}`;
}

const drawer = (page: Page) => page.getByRole('dialog', { name: /Why this amount/ });
const proof = (page: Page) => drawer(page).getByTestId('sum-proof');
const steps = (page: Page) => drawer(page).getByRole('navigation', { name: 'Steps of the explanation' });

/** The level's sum on the screen, and that it is exactly the level above. */
async function expectProved(page: Page, sum: string, exactly: string): Promise<void> {
  await expect(proof(page)).toHaveAttribute('data-equal', 'true');
  await expect(proof(page)).toContainText(sum);
  await expect(proof(page).getByTitle(exactly, { exact: true })).toBeVisible();
}

test.describe('why an amount is what it is', () => {
  test('a cent is followed to the samples of its hour, and the way back', async ({ page, open }) => {
    await open(`${APP}/chargeback?period=${MONTH}`);
    const opener = page.getByRole('button', { name: 'Why this amount: payments, checkout, prod' });
    await opener.click();

    await expectProved(page, 'Σ 3 meters = 1.27 USD', '1.265 USD');
    await drawer(page).getByRole('link', { name: 'Kafka ingress bytes' }).click();

    await expectProved(page, 'Σ 1 day = 1.00 USD', '1 USD');
    await expect(drawer(page).getByText('10.00 GiB ÷ 1 GB × 0.10 USD')).toBeVisible();
    await expect(drawer(page).getByRole('link', { name: 'kafka' })).toBeVisible();
    await drawer(page)
      .getByRole('link', { name: /10 \w+ \d{4}$/ })
      .click();

    await expectProved(page, 'Σ 1 hour with usage = 1.00 USD', '1 USD');
    await expect(drawer(page).getByText('No usage')).toHaveCount(23);
    await drawer(page).getByRole('link', { name: '10:00–11:00' }).click();

    await expectProved(page, 'Σ 1 reading = 10.00 GiB', '10,737,418,240 bytes');
    await expect(drawer(page).getByText('Within the hour from 1,000 to 10,737,419,240: 10,737,418,240')).toBeVisible();
    await expect(drawer(page).getByText('bifrost_bytes_total{direction="produce"}')).toBeVisible();

    await page.goBack();
    await expect(drawer(page).getByRole('link', { name: '10:00–11:00' })).toBeVisible();
    await steps(page).getByRole('link', { name: 'Meters' }).click();
    await expectProved(page, 'Σ 3 meters = 1.27 USD', '1.265 USD');
    await page.keyboard.press('Escape');
    await expect(drawer(page)).toHaveCount(0);
    await expect(opener).toBeFocused();
    expect(page.url()).not.toContain('why');
  });

  test('an address leads a colleague to the same readings', async ({ page, open }) => {
    const place = { why_meter: 'kafka_egress_bytes', why_day: HOUR.slice(0, 10), why_hour: HOUR };
    await open(address(place), { user: 'viewer' });
    await expectProved(page, 'Σ 1 reading = 5.00 GiB', '5,368,709,120 bytes');
    await expect(steps(page)).toContainText('10:00–11:00');
  });

  test('an address that says nonsense leads to what can be understood of it', async ({ page, open }) => {
    await open(address({ why_meter: 'kafka_ingress_bytes', why_day: '2026-99-99', why_hour: 'noon', why_page: '-1' }));
    await expectProved(page, 'Σ 1 day = 1.00 USD', '1 USD');
    await open(address({ why_meter: 'no_such_meter' }));
    await expect(drawer(page).getByText('The days of this meter could not be loaded')).toBeVisible();
    await steps(page).getByRole('link', { name: 'Meters' }).click();
    await expectProved(page, 'Σ 3 meters = 1.27 USD', '1.265 USD');
  });

  test('usage without a price is said to be in no total, and leads to the rates', async ({ page, open }) => {
    const why = new URLSearchParams({ workspace: 'payments', application: '', environment: 'prod' }).toString();
    await open(`${APP}/chargeback?${new URLSearchParams({ period: MONTH, why }).toString()}`);
    await drawer(page).getByRole('link', { name: 'Kafka requests' }).click();
    await expect(drawer(page).getByText('No price was in force: it is in no total')).toBeVisible();
    await drawer(page).getByRole('link', { name: 'Unrated: see Rates' }).click();
    await expect(page).toHaveURL(/\/rates/);
  });

  test('a member is not told of the readings of others', async ({ page, open }) => {
    const place = { why_meter: 'kafka_ingress_bytes', why_day: HOUR.slice(0, 10), why_hour: HOUR };
    const why = new URLSearchParams({ workspace: 'analytics' }).toString();
    await open(`${APP}/chargeback?${new URLSearchParams({ period: MONTH, why, ...place }).toString()}`, {
      user: 'member',
    });
    await expect(drawer(page).getByRole('alert')).toBeVisible();
    await expect(drawer(page).getByText('report-')).toHaveCount(0);
  });

  for (const theme of THEMES) {
    test(`is accessible in the ${theme} theme`, async ({ page, open }) => {
      const places: Array<Record<string, string>> = [
        {},
        { why_meter: 'kafka_ingress_bytes' },
        { why_meter: 'kafka_ingress_bytes', why_day: HOUR.slice(0, 10) },
        { why_meter: 'kafka_ingress_bytes', why_day: HOUR.slice(0, 10), why_hour: HOUR },
      ];
      for (const place of places) {
        await open(address(place), { theme });
        await expect(proof(page)).toBeVisible();
        await expectAccessible(page);
      }
    });
  }
});
