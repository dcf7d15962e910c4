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
    await expect(page.getByTestId('summary-messages')).toContainText('1,500,000');

    const table = page.getByRole('table', { name: 'Chargeback by application' });
    const checkout = table.getByRole('row').filter({ hasText: 'checkout' });
    await expect(checkout).toContainText('10.00 GiB');
    await expect(checkout.getByTitle(`${EXPECTED.checkout} USD`)).toHaveText('1.27');
    await expect(table.getByRole('row').filter({ hasText: `Total of all ${EXPECTED.lines} lines` })).toContainText(
      '6.11',
    );
    await expect(page.getByText('Open', { exact: true })).toBeVisible();
    await expect(page.getByText(/Data through|All hours are in/)).toBeVisible();
    await expect(page.getByText('Confidence high')).toBeVisible();

    const environments = page.getByRole('table', { name: 'Cost by environment' });
    await expect(environments.getByRole('row').filter({ hasText: 'prod' })).toContainText('1.37');
  });

  test('usage without a price is told, and leads to the rate cards', async ({ page, open }) => {
    await open(PAGE);
    const notice = page.getByRole('alert').filter({ hasText: 'Some usage has no price' });
    await expect(notice).toContainText('Kafka requests: 1,234 requests');
    await notice.getByRole('link').click();
    await expect(page.getByRole('heading', { level: 1, name: 'Rates' })).toBeVisible();
  });

  test('lines are searched, sorted and paged, and the address keeps it', async ({ page, open }) => {
    await open(PAGE);
    const table = page.getByRole('table', { name: 'Chargeback by application' });
    await expect(table.locator('tbody tr')).toHaveCount(25);
    await page.getByRole('button', { name: '2', exact: true }).click();
    await expect(table.locator('tbody tr')).toHaveCount(EXPECTED.lines - 25);
    await expect(page.getByText(`Rows 26–${EXPECTED.lines} of ${EXPECTED.lines}`)).toBeVisible();
    // The total is that of all lines, whichever are shown.
    await expect(table.getByTitle(`${EXPECTED.total} USD`)).toHaveText('6.11');

    await page.getByLabel('Search applications').fill('report');
    await expect(page.getByText(`Found (${REPORTS} of ${EXPECTED.lines} lines)`)).toBeVisible();
    const found = table.getByRole('row').filter({ hasText: 'Found (' });
    await expect(found.getByTitle(`${EXPECTED.reports} USD`).first()).toHaveText('4.54');
    await expect(page.getByText(`Rows 1–25 of ${REPORTS}`)).toBeVisible();

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
    await expect(page.getByText('Nothing matches “nobody”.')).toBeVisible();
    await page.getByLabel('Search applications').fill('unallocated');
    await expect(table.locator('tbody tr')).toHaveCount(1);
    await expect(table.locator('tbody tr').getByTitle(`${EXPECTED.unallocated} USD`).first()).toHaveText('0.20');
  });

  test('every column sorts, and a page that is not there is the last one', async ({ page, open }) => {
    await open(`${PAGE}&page=99`);
    const table = page.getByRole('table', { name: 'Chargeback by application' });
    await expect(page.getByText(`Rows 26–${EXPECTED.lines} of ${EXPECTED.lines}`)).toBeVisible();
    for (const heading of await table
      .getByRole('columnheader')
      .filter({ has: page.getByRole('button') })
      .all()) {
      await heading.getByRole('button').click();
      await expect(heading).toHaveAttribute('aria-sort', /^(a|de)scending$/);
      await expect(page.getByText(`Rows 1–25 of ${EXPECTED.lines}`)).toBeVisible();
    }
  });

  test('cost that belongs to nobody is told, and leads to the ownership rules', async ({ page, open }) => {
    await open(PAGE);
    const notice = page.getByRole('status').filter({ hasText: 'Some cost belongs to no workspace' });
    await expect(notice).toContainText('0.20 USD of 1 resource');
    await expect(notice.getByRole('link', { name: 'Assign owners' })).toHaveAttribute(
      'href',
      `/a/finops-chargeback-app/sources?tab=ownership&period=${MONTH}`,
    );
  });

  test('the page is narrowed by an environment, a workspace and a link, and widened again', async ({ page, open }) => {
    await open(PAGE);
    await page.getByRole('table', { name: 'Cost by environment' }).getByRole('button', { name: 'dev' }).click();
    await expect(page.getByTestId('summary-total').getByTitle(`${EXPECTED.reports} USD`)).toBeVisible();
    await expect(page.getByText(`Total of all ${REPORTS} lines`)).toBeVisible();
    expect(new URL(page.url()).searchParams.get('environment')).toBe('dev');
    await page.getByRole('button', { name: 'Remove the filter Environment: dev' }).click();
    await expect(page.getByTestId('summary-total')).toContainText('6.11 USD');

    const workspace = page.getByRole('combobox', { name: 'Workspace' });
    await workspace.click();
    await page.getByRole('option', { name: 'payments' }).click();
    await expect(page.getByText('Cost by day and application')).toBeVisible();
    await expect(page.getByText('Total of all 2 lines')).toBeVisible();
    await workspace.click();
    await page.getByRole('option', { name: 'Unallocated' }).click();
    await expect(page.getByTestId('summary-total')).toContainText('0.20 USD');
    await page.goBack();
    await expect(page.getByText('Total of all 2 lines')).toBeVisible();

    await open(`${PAGE}&topic=checkout.orders&cluster=vc-payments`);
    await expect(page.getByTestId('summary-total').getByTitle(`${EXPECTED.checkout} USD`)).toBeVisible();
    await page.getByRole('button', { name: 'Remove all filters' }).click();
    await expect(page.getByTestId('summary-total')).toContainText('6.11 USD');
    await open(`${PAGE}&topic=nobody`);
    await expect(page.getByText('Nothing was used by what you filter for')).toBeVisible();
  });

  test('a range of hours is chosen and stands in the address', async ({ page, open }) => {
    await open(PAGE);
    await expect(page.getByTestId('summary-total')).toBeVisible();
    await page.getByRole('radio', { name: 'Range', exact: true }).check({ force: true });
    await expect(page.getByTestId('summary-total')).toContainText('6.11 USD');
    await page.getByRole('button', { name: new RegExp(`^${MONTH}-01 00:00:00 to`) }).click();
    // Begun within an hour, the whole hour counts.
    await page.getByLabel('From', { exact: true }).fill(`${MONTH}-10 10:20:00`);
    await page.getByLabel('To', { exact: true }).fill(`${MONTH}-10 10:30:00`);
    await page.getByRole('button', { name: 'Apply time range' }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('from')).toBe(`${MONTH}-10T10:00:00.000Z`);
    expect(new URL(page.url()).searchParams.get('to')).toBe(`${MONTH}-10T11:00:00.000Z`);
    await expect(page.getByTestId('summary-total')).toContainText('6.11 USD');
    await page.getByRole('radio', { name: 'Month' }).check({ force: true });
    await expect.poll(() => new URL(page.url()).searchParams.get('period')).toBe(MONTH);
  });

  test('the days are read as figures, whose total is that of the month', async ({ page, open }) => {
    await open(PAGE);
    await page.getByRole('radio', { name: 'Table' }).check({ force: true });
    const days = page.getByRole('table', { name: 'Cost by day in USD' });
    await expect(days.getByRole('row').filter({ hasText: `${MONTH}-10` })).toContainText('6.11');
    await expect(days.locator('tfoot').getByTitle(`${EXPECTED.total} USD`)).toHaveText('6.11');
  });

  test('why an amount is what it is opens by keyboard, stands in the address and gives the focus back', async ({
    page,
    open,
  }) => {
    await open(PAGE);
    const why = page.getByRole('button', { name: 'Why this amount: payments, checkout, prod' });
    await why.focus();
    await page.keyboard.press('Enter');
    const explanation = page.getByRole('dialog');
    await expect(explanation).toContainText('checkout');
    await expect(explanation).toContainText('1.27 USD');
    await page.keyboard.press('Escape');
    await expect(explanation).toHaveCount(0);
    await expect(why).toBeFocused();
    await page.goBack();
    await expect(explanation).toContainText('1.27 USD');
    await page.reload();
    await expect(explanation).toContainText('1.27 USD');
    await explanation.getByRole('button', { name: 'Close' }).click();
    await expect(explanation).toHaveCount(0);
    expect(new URL(page.url()).searchParams.has('why')).toBe(false);
  });

  test('a workspace has a page: lines of every kind, its prices, and the way back', async ({ page, open }) => {
    await open(PAGE);
    await page.getByRole('link', { name: 'payments' }).first().click();
    await expect(page.getByRole('heading', { level: 1, name: 'payments' })).toBeVisible();
    await expect(page.getByTestId('summary-total').getByTitle('1.365 USD')).toBeVisible();
    const applications = page.getByRole('table', { name: 'Chargeback by application' });
    await expect(applications.getByRole('row').filter({ hasText: 'checkout' })).toContainText('1.27');
    await page.getByRole('tab', { name: 'Topics' }).click();
    const topics = page.getByRole('table', { name: 'Chargeback by topic' });
    await expect(topics.getByRole('row').filter({ hasText: 'invoices.sent' })).toContainText('0.10');
    await page.getByRole('tab', { name: 'Principals' }).click();
    await expect(page.getByRole('table', { name: 'Chargeback by principal' }).getByText('sa-1')).toBeVisible();
    await page.getByRole('tab', { name: 'Prices' }).click();
    await expect(page.getByRole('table', { name: 'Prices in force' })).toContainText('0.10 USD per GB');
    expect(new URL(page.url()).searchParams.get('tab')).toBe('prices');
    await page.reload();
    await expect(page.getByRole('table', { name: 'Prices in force' })).toBeVisible();
    await page.getByRole('link', { name: 'Chargeback', exact: true }).last().click();
    await expect(page.getByTestId('summary-total')).toContainText('6.11 USD');
  });

  test('the CSV has every line and the total of the page, to the last digit', async ({ page, open }) => {
    await open(PAGE);
    const file = async () => {
      const downloading = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download CSV' }).click();
      const download = await downloading;
      expect(download.suggestedFilename()).toMatch(/^kafka-chargeback-.*\.csv$/);
      return (await readFile(await download.path(), 'utf8')).trim().split(/\r?\n/);
    };
    const total = (lines: string[]) =>
      lines
        .find((line) => line.startsWith('TOTAL'))
        ?.split(',')
        .map((cell) => cell.replace(/(\.\d*?)0+$/, '$1'));
    const all = await file();
    expect(all).toHaveLength(EXPECTED.lines + 2);
    expect(total(all)).toContain(EXPECTED.total);

    await page.getByLabel('Search applications').fill('report');
    await expect(page.getByText(`Found (${REPORTS} of ${EXPECTED.lines} lines)`)).toBeVisible();
    await page.getByRole('button', { name: 'Application', exact: true }).click();
    await expect(page.getByText('Rows 1–25')).toBeVisible();
    const found = await file();
    expect(found).toHaveLength(REPORTS + 2);
    expect(found[1]).toContain(reportName(1));
    expect(total(found)).toContain(EXPECTED.reports);
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
    await expect(page.getByRole('heading', { level: 1, name: 'Rates' })).toBeVisible();
  });

  test('a collector that does not answer is one error with a way on', async ({ page, open }) => {
    await page.route('**/v1/chargeback/**', (route) => route.fulfill({ status: 502, body: '' }));
    await open(PAGE);
    await expect(page.getByText('The collector does not answer')).toHaveCount(1);
    await expect(page.getByRole('link', { name: 'Open Connection' })).toBeVisible();
    await page.unroute('**/v1/chargeback/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByTestId('summary-total')).toContainText('6.11 USD');
    await expect(page.getByText(`Total of all ${EXPECTED.lines} lines`)).toBeVisible();
  });

  test('a part that fails leaves the others', async ({ page, open }) => {
    await page.route('**/v1/chargeback/lines**', (route) => route.fulfill({ status: 500, body: '' }));
    await open(PAGE);
    await expect(page.getByText('The applications could not be loaded')).toBeVisible();
    await expect(page.getByTestId('summary-total')).toContainText('6.11 USD');
    await page.unroute('**/v1/chargeback/lines**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByText(`Total of all ${EXPECTED.lines} lines`)).toBeVisible();
  });

  test('the answer for a month that was left is never shown', async ({ page, open }) => {
    const next = monthFrom(new Date(), 0);
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await open(`${APP}/chargeback?period=${next}`);
    await expect(page.getByText('No usage in this month')).toBeVisible();
    await page.route(`**/v1/chargeback/*?period=${MONTH}**`, async (route) => {
      await held;
      await route.continue().catch(() => undefined);
    });
    const cancelled = page.waitForEvent('requestfailed', (request) => request.url().includes(`period=${MONTH}`));
    await page.getByRole('button', { name: 'Previous month' }).click();
    await expect(page.getByRole('status', { name: 'Loading the summary…' })).toBeVisible();
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
      await expect(page.getByRole('table', { name: 'Prices in force' })).toContainText('per GB');
      await expectAccessible(page);
    });
  }
});
