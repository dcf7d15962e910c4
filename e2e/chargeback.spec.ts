import { readFile } from 'node:fs/promises';
import { EXPECTED, monthFrom, REPORTS, reportName, usageMonth } from './environment/known-usage';
import { APP, environment, expect, expectAccessible, PROXY, test, THEMES } from './journey';

const MONTH = usageMonth();
const PAGE = `${APP}/chargeback?period=${MONTH}`;

test.describe('who owes what for a month', () => {
  test('a viewer sees the month in total, by kind and by application, with exact figures', async ({ page, open }) => {
    await open(PAGE, { user: 'viewer' });
    await expect(page.getByTestId('summary-total')).toContainText('6.11 USD');
    await expect(page.getByTestId('summary-total').getByTitle(`${EXPECTED.total} USD`)).toBeVisible();
    await expect(page.getByTestId('summary-ingress')).toContainText('58.41 GiB');
    await expect(page.getByTestId('summary-egress')).toContainText('5.00 GiB');
    await expect(page.getByTestId('summary-messages')).toContainText('1,500,000 messages');

    const table = page.getByRole('table', { name: 'Chargeback by application' });
    const checkout = table.getByRole('row').filter({ hasText: 'checkout' });
    await expect(checkout).toContainText('10.00 GiB');
    await expect(checkout.getByTitle(`${EXPECTED.checkout} USD`)).toHaveText('1.27');
    await expect(table.getByRole('row').filter({ hasText: `Total of all ${EXPECTED.lines} lines` })).toContainText(
      '6.11',
    );
    await expect(page.getByText('Open', { exact: true })).toBeVisible();
    await expect(page.getByText(/Data through|All hours of the month are in/)).toBeVisible();
  });

  test('usage without a price is told, and leads to the rate cards', async ({ page, open }) => {
    await open(PAGE);
    const notice = page.getByRole('alert').filter({ hasText: 'Some usage has no price' });
    await expect(notice).toContainText('Kafka requests: 1,234 requests');
    await notice.getByRole('link').click();
    await expect(page.getByRole('heading', { name: 'For every workspace' })).toBeVisible();
  });

  test('lines are searched, sorted and paged, and the address keeps it', async ({ page, open }) => {
    await open(PAGE);
    const table = page.getByRole('table', { name: 'Chargeback by application' });
    await expect(table.locator('tbody tr')).toHaveCount(25);
    await page.getByRole('button', { name: '2', exact: true }).click();
    await expect(table.locator('tbody tr')).toHaveCount(EXPECTED.lines - 25);
    await expect(page.getByText(`Lines 26 to ${EXPECTED.lines} of ${EXPECTED.lines}`)).toBeVisible();

    await page.getByLabel('Search applications').fill('report');
    await expect(page.getByText(`Found (${REPORTS} of ${EXPECTED.lines} lines)`)).toBeVisible();
    const found = table.getByRole('row').filter({ hasText: 'Found (' });
    await expect(found.getByTitle(`${EXPECTED.reports} USD`).last()).toHaveText('4.54');

    // By keyboard, as every control: the first press sorts names from A on.
    await table.getByRole('button', { name: 'Application' }).focus();
    await page.keyboard.press('Enter');
    await expect(table.locator('tbody tr').first()).toContainText(reportName(1));
    await expect(table.getByRole('columnheader', { name: 'Application' })).toHaveAttribute('aria-sort', 'ascending');
    await page.keyboard.press('Enter');
    await expect(table.locator('tbody tr').first()).toContainText(reportName(REPORTS));

    expect(new URL(page.url()).searchParams.get('search')).toBe('report');
    await page.reload();
    await expect(table.locator('tbody tr').first()).toContainText(reportName(REPORTS));
    await expect(page.getByLabel('Search applications')).toHaveValue('report');

    await page.getByLabel('Search applications').fill('nobody');
    await expect(page.getByText('No application matches “nobody”.')).toBeVisible();
    await page.getByLabel('Search applications').fill('unallocated');
    await expect(table.locator('tbody tr')).toHaveCount(1);
    await expect(table.locator('tbody tr').getByTitle(`${EXPECTED.unallocated} USD`).last()).toHaveText('0.20');
  });

  test('the CSV has every line and the total of the page, to the last digit', async ({ page, open }) => {
    await open(PAGE);
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: /Download CSV|All lines and the total/ }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^kafka-chargeback-.*\.csv$/);
    const lines = (await readFile(await download.path(), 'utf8')).trim().split(/\r?\n/);
    const total = lines.find((line) => line.startsWith('TOTAL'))?.split(',');
    expect(lines).toHaveLength(EXPECTED.lines + 2);
    expect(total?.map((cell) => cell.replace(/(\.\d*?)0+$/, '$1'))).toContain(EXPECTED.total);
  });

  test('months are walked through, and the browser goes back', async ({ page, open }) => {
    await open(PAGE);
    await expect(page.getByTestId('summary-total')).toBeVisible();
    await page.getByRole('button', { name: 'Next month' }).click();
    await expect(page.getByText('No usage in this month')).toBeVisible();
    expect(new URL(page.url()).searchParams.get('period')).toBe(monthFrom(new Date(), 0));
    await expect(page.getByRole('button', { name: 'Next month' })).toBeDisabled();
    await page.goBack();
    await expect(page.getByTestId('summary-total')).toContainText('6.11 USD');
    await page.getByRole('combobox', { name: 'Month' }).click();
    await expect(page.getByRole('option')).toHaveCount(13);
  });

  test('a month without any price says so and leads to the rate cards', async ({ page, open }) => {
    await open(`${APP}/chargeback?period=${monthFrom(new Date(), -2)}`);
    await expect(page.getByText(/^There is no price for/)).toBeVisible();
    await expect(page.getByTestId('summary-total')).toHaveCount(0);
    await page.getByRole('link', { name: 'Set prices' }).click();
    await expect(page.getByRole('heading', { name: 'For every workspace' })).toBeVisible();
  });

  test('a collector that does not answer is an error with a way on', async ({ page, open }) => {
    await page.route('**/v1/chargeback?**', (route) => route.fulfill({ status: 502, body: '' }));
    await open(PAGE);
    await expect(page.getByText('The collector does not answer')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Open Connection' })).toBeVisible();
    await page.unroute('**/v1/chargeback?**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByTestId('summary-total')).toContainText('6.11 USD');
  });

  test('the answer for a month that was left is never shown', async ({ page, open }) => {
    const next = monthFrom(new Date(), 0);
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await open(`${APP}/chargeback?period=${next}`);
    await expect(page.getByText('No usage in this month')).toBeVisible();
    await page.route(`**/v1/chargeback?period=${MONTH}**`, async (route) => {
      await held;
      await route.continue().catch(() => undefined);
    });
    const cancelled = page.waitForEvent('requestfailed', (request) => request.url().includes(`period=${MONTH}`));
    await page.getByRole('button', { name: 'Previous month' }).click();
    await expect(page.getByText('Loading the chargeback…')).toBeVisible();
    await page.getByRole('button', { name: 'Next month' }).click();
    await cancelled;
    release();
    await expect(page.getByText('No usage in this month')).toBeVisible();
    await expect(page.getByTestId('summary-total')).toHaveCount(0);
  });

  test('the page, the API and its totals are the same numbers', async ({ page, open }) => {
    await open(PAGE);
    await expect(page.getByTestId('summary-total')).toBeVisible();
    const answer = await page.request.get(`${environment().url}${PROXY}/v1/chargeback?period=${MONTH}`);
    const { totals, lines } = (await answer.json()) as { totals: { total_cost: string }; lines: unknown[] };
    expect(Number(totals.total_cost)).toBe(Number(EXPECTED.total));
    expect(lines).toHaveLength(EXPECTED.lines);
  });

  for (const theme of THEMES) {
    test(`is accessible in the ${theme} theme`, async ({ page, open }) => {
      await open(PAGE, { theme });
      await expect(page.getByTestId('summary-total')).toBeVisible();
      await page.getByRole('button', { name: /Prices in force/ }).click();
      await expect(page.getByRole('table', { name: 'Prices in force in this month' })).toContainText('per GB');
      await expectAccessible(page);
    });
  }
});
