import type { Page, Route } from '@playwright/test';
import { connectApp } from './environment/connect-grafana';
import { EXPECTED, monthFrom, reportName, usageMonth } from './environment/known-usage';
import { startCollector, type RunningCollector } from './environment/start';
import { APP, environment, expect, PROXY, test } from './journey';

const MONTH = usageMonth();
const NOW = monthFrom(new Date(), 0);
const CHARGEBACK = `${APP}/chargeback?period=${MONTH}`;
const COLLECTION = `${APP}/sources?tab=collection&period=${MONTH}`;

const problems = (page: Page) => page.getByRole('alert').filter({ hasText: 'The collector does not answer' });
const lines = (page: Page) => page.getByRole('table', { name: 'Chargeback by application' });
/** What lines have that were read; while the page waits, rows without figures keep their places. */
const linesRead = (page: Page) => lines(page).getByRole('button', { name: /^Why this amount/ });
const hours = (page: Page, meter: string) => page.getByRole('grid', { name: new RegExp(`^Kafka ${meter} in `) });

test.describe('the collector goes away while the page is open', () => {
  const { url, collector: shared, key, variables } = environment();
  let away: RunningCollector;
  const comeBack = async () => {
    away = await startCollector(variables, Number(new URL(away.url).port));
  };
  const tryAgain = (page: Page) => page.getByRole('button', { name: 'Try again' }).click();

  // Another collector of the same ledger: the one that all journeys share stays where it is.
  test.beforeAll(async () => {
    away = await startCollector(variables);
    await connectApp(url, { collector: away.url, key });
  });
  test.afterAll(async () => {
    await connectApp(url, { collector: shared, key });
    await away.stop();
  });

  test('another month is one error and no old numbers; when it is back, so are they', async ({ page, open }) => {
    await open(CHARGEBACK);
    await expect(page.getByTestId('summary-total')).toContainText('6.11 USD');
    await away.kill();
    await page.getByRole('button', { name: 'Next month' }).click();
    await expect(problems(page)).toHaveCount(1);
    await expect(page.getByRole('link', { name: 'Open Connection' })).toBeVisible();
    await page.getByRole('button', { name: 'Previous month' }).click();
    await expect(problems(page)).toHaveCount(1);
    await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(1);
    await expect(page.getByTestId('summary-total')).toHaveCount(0);
    await expect(lines(page)).toHaveCount(0);
    await expect(page.getByText(/6\.11|4\.54/)).toHaveCount(0);

    await comeBack();
    await tryAgain(page);
    await expect(page.getByTestId('summary-total')).toContainText('6.11 USD');
    await expect(linesRead(page)).toHaveCount(25);
    await expect(problems(page)).toHaveCount(0);
  });

  test('the page that is loaded anew says the same, once, and a viewer is told who can help', async ({
    page,
    open,
  }) => {
    await open(`${APP}/workspaces/payments?period=${MONTH}`, { user: 'viewer' });
    await expect(page.getByTestId('summary-total')).toContainText('1.37 USD');
    await away.kill();
    await page.reload();
    await expect(problems(page)).toHaveCount(1);
    await expect(problems(page)).toContainText('An administrator of this organization can do that.');
    await expect(page.getByRole('link', { name: 'Open Connection' })).toHaveCount(0);
    await comeBack();
    await tryAgain(page);
    await expect(page.getByTestId('summary-total')).toContainText('1.37 USD');
  });

  test('a search and an explanation fail where they were asked for', async ({ page, open }) => {
    await open(CHARGEBACK);
    await expect(linesRead(page)).toHaveCount(25);
    await away.kill();
    await page.getByLabel('Search applications').fill('checkout');
    await expect(problems(page)).toHaveCount(1);
    await expect(lines(page)).toHaveCount(0);
    // What was asked before is still what it was.
    await expect(page.getByTestId('summary-total')).toContainText('6.11 USD');
    await comeBack();
    await tryAgain(page);
    await expect(lines(page).locator('tbody tr')).toHaveCount(1);

    await away.kill();
    await lines(page)
      .getByRole('button', { name: /^Why this amount/ })
      .click();
    const drawer = page.getByRole('dialog', { name: /Why this amount/ });
    await expect(drawer.getByText('The collector does not answer')).toBeVisible();
    await comeBack();
    await drawer.getByRole('button', { name: 'Try again' }).click();
    await expect(drawer.getByRole('link', { name: 'Kafka ingress bytes' })).toBeVisible();
  });

  test('the hours of another meter are an error, and come when it is back', async ({ page, open }) => {
    await open(COLLECTION);
    await expect(page.getByRole('grid')).toBeVisible();
    await away.kill();
    await page.getByRole('button', { name: 'Kafka ingress messages' }).click();
    await expect(problems(page)).toHaveCount(1);
    await expect(page.getByRole('grid')).toHaveCount(0);
    await comeBack();
    await tryAgain(page);
    await expect(hours(page, 'ingress messages')).toBeVisible();
  });

  test('another month of the owners is one error', async ({ page, open }) => {
    await open(`${APP}/sources?tab=ownership&period=${MONTH}`);
    const unmatched = page.getByRole('region', { name: 'Unmatched resources' });
    await expect(unmatched).toContainText('vc-unknown');
    await away.kill();
    await page.getByRole('button', { name: 'Next month' }).click();
    await expect(problems(page).first()).toBeVisible();
    await expect(page.getByText('vc-unknown')).toHaveCount(0);
    await page.getByRole('button', { name: 'Previous month' }).click();
    await expect(problems(page)).toHaveCount(1);
    await comeBack();
    await tryAgain(page);
    await expect(unmatched).toContainText('vc-unknown');
    await expect(page.getByRole('list', { name: 'Rules in their order' })).toContainText('1.37');
  });

  test('what was typed into a rate card is kept', async ({ page, open }) => {
    await open(`${APP}/rates?card=new`);
    await page.getByLabel('Name').fill('typed before');
    await page.getByLabel('Valid from').fill(`${MONTH}-20`);
    await page.getByText('Kafka requests', { exact: true }).click();
    await page.getByLabel('Price *').fill('1');
    await away.kill();
    await page.getByRole('button', { name: 'Preview the effect' }).click();
    await expect(page.getByText('The collector does not answer')).toHaveCount(1);
    await expect(page.getByLabel('Name')).toHaveValue('typed before');
    await comeBack();
    await page
      .getByRole('button', { name: /Preview the effect|Try again/ })
      .first()
      .click();
    await expect(page.getByText('The collector does not answer')).toHaveCount(0);
    await expect(page.getByLabel('Name')).toHaveValue('typed before');
    await expect(page.getByLabel('Price *')).toHaveValue('1');
  });
});

/** Holds the answers to the questions that `which` chooses, and keeps count of those that the page gave up. */
async function holdAnswers(page: Page, which: (question: URL) => boolean) {
  const held: Route[] = [];
  const given: string[] = [];
  const isHeld = (text: string) => text.includes(PROXY) && which(new URL(text));
  page.on('requestfailed', (request) => {
    if (isHeld(request.url())) {
      given.push(request.url());
    }
  });
  await page.route(
    (question) => isHeld(question.href),
    (route) => {
      held.push(route);
    },
  );
  return {
    /** How many were asked for, and how many of them were given up. */
    asked: () => held.length,
    givenUp: () => given.length,
    /** Lets the answers through: what the page still waits for comes now. */
    release: async () => {
      await page.unrouteAll();
      await Promise.all(held.map((route) => route.continue().catch(() => undefined)));
    },
  };
}

test.describe('a slow network', () => {
  const ofPath = (path: string, name: string, value: string) => (question: URL) =>
    question.pathname.endsWith(path) && question.searchParams.get(name) === value;

  test('a month that was left is given up and never shown', async ({ page, open }) => {
    await open(`${APP}/chargeback?period=${NOW}`);
    await expect(page.getByText('No usage in this month')).toBeVisible();
    const slow = await holdAnswers(page, (question) => question.searchParams.get('period') === MONTH);
    const previous = page.getByRole('button', { name: 'Previous month' });
    await previous.click();
    await previous.click();
    await expect(page.getByText(/^There is no price for/)).toBeVisible();
    await expect.poll(() => slow.asked()).toBeGreaterThan(0);
    await expect.poll(() => slow.givenUp()).toBe(slow.asked());
    await slow.release();
    await page.getByRole('button', { name: 'Next month' }).click();
    await expect(page.getByTestId('summary-total')).toContainText('6.11 USD');
  });

  test('numbers of a month are not shown under another while that is loading', async ({ page, open }) => {
    await open(CHARGEBACK);
    await expect(page.getByTestId('summary-total')).toContainText('6.11 USD');
    const slow = await holdAnswers(page, (question) => question.searchParams.get('period') === NOW);
    await page.getByRole('button', { name: 'Next month' }).click();
    await expect.poll(() => slow.asked()).toBeGreaterThan(2);
    await expect(page.getByText(/6\.11|4\.54|1\.27/)).toHaveCount(0);
    await expect(page.getByRole('status', { name: /^Loading/ }).first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Download CSV' })).toBeDisabled();
    await page.goBack();
    await expect(page.getByTestId('summary-total')).toContainText('6.11 USD');
    await expect.poll(() => slow.givenUp()).toBe(slow.asked());
    await slow.release();
    await expect(page.getByTestId('summary-total')).toContainText('6.11 USD');
  });

  test('a search that was typed over is given up', async ({ page, open }) => {
    await open(CHARGEBACK);
    await expect(linesRead(page)).toHaveCount(25);
    const slow = await holdAnswers(page, ofPath('/lines', 'search', 'report-0'));
    await page.getByLabel('Search applications').fill('report-0');
    await expect.poll(() => slow.asked()).toBe(1);
    // The sum over all lines stands; the lines that were found are on their way.
    await expect(lines(page).getByRole('row').filter({ hasText: 'checkout' })).toHaveCount(0);
    await page.getByLabel('Search applications').pressSequentially('7');
    await expect(lines(page).locator('tbody tr')).toHaveCount(1);
    await expect(lines(page).locator('tbody tr')).toContainText(reportName(7));
    expect(slow.givenUp()).toBe(1);
    await slow.release();
    await expect(page.getByText(`Found (1 of ${EXPECTED.lines} lines)`)).toBeVisible();
    await expect(lines(page).locator('tbody tr')).toHaveCount(1);
  });

  test('a page of lines and an order that were left are given up', async ({ page, open }) => {
    await open(CHARGEBACK);
    await expect(lines(page).locator('tbody tr').first()).toContainText('checkout');
    const next = await holdAnswers(page, ofPath('/lines', 'offset', '25'));
    await page.getByRole('button', { name: '2', exact: true }).click();
    await expect.poll(() => next.asked()).toBe(1);
    await expect(lines(page)).not.toContainText('checkout');
    await page.getByRole('button', { name: '1', exact: true }).click();
    await expect(lines(page).locator('tbody tr').first()).toContainText('checkout');
    expect(next.givenUp()).toBe(1);
    await next.release();

    const order = await holdAnswers(page, ofPath('/lines', 'sort', 'application'));
    await lines(page).getByRole('button', { name: 'Application' }).click();
    await expect.poll(() => order.asked()).toBe(1);
    await lines(page).getByRole('button', { name: 'Application' }).click();
    await expect(lines(page).locator('tbody tr').first()).toContainText(reportName(30));
    expect(order.givenUp()).toBe(1);
    await order.release();
    await expect(lines(page).locator('tbody tr').first()).toContainText(reportName(30));
    await expect(lines(page).getByRole('columnheader', { name: 'Application' })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
  });

  test('a page that was left asks for nothing any more', async ({ page, open }) => {
    await open(CHARGEBACK);
    await expect(page.getByTestId('summary-total')).toBeVisible();
    const slow = await holdAnswers(page, ofPath('/lines', 'search', 'checkout'));
    await page.getByLabel('Search applications').fill('checkout');
    await expect.poll(() => slow.asked()).toBe(1);
    await page.getByRole('link', { name: 'Set prices in Rates' }).click();
    await expect(page.getByRole('button', { name: 'New rate card' })).toBeVisible();
    expect(slow.givenUp()).toBe(1);
    await slow.release();
  });

  test('the hours of a meter that was left are never shown', async ({ page, open }) => {
    await open(COLLECTION);
    await expect(page.getByRole('grid')).toBeVisible();
    const slow = await holdAnswers(page, ofPath('/hours', 'meter', 'kafka_ingress_bytes'));
    await page.getByRole('button', { name: 'Kafka ingress bytes' }).click();
    await expect.poll(() => slow.asked()).toBe(1);
    await expect(page.getByRole('grid')).toHaveCount(0);
    await page.getByRole('button', { name: 'Kafka egress bytes' }).click();
    await expect(hours(page, 'egress bytes')).toBeVisible();
    expect(slow.givenUp()).toBe(1);
    await slow.release();
    await expect(page.getByRole('grid')).toHaveCount(1);
    await expect(hours(page, 'egress bytes')).toBeVisible();
  });

  test('unmatched resources of a search that was typed over are never shown', async ({ page, open }) => {
    await open(`${APP}/sources?tab=ownership&period=${MONTH}`);
    await expect(page.getByRole('region', { name: 'Unmatched resources' })).toContainText('vc-unknown');
    const slow = await holdAnswers(page, ofPath('/unmatched', 'search', 'stray'));
    await page.getByLabel('Search unmatched resources').fill('stray');
    await expect.poll(() => slow.asked()).toBe(1);
    await page.getByLabel('Search unmatched resources').fill('nobody');
    await expect(page.getByText('No unmatched resource contains “nobody”')).toBeVisible();
    expect(slow.givenUp()).toBe(1);
    await slow.release();
    await expect(page.getByText('vc-unknown')).toHaveCount(0);
  });
});
