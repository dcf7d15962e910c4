import type { APIRequestContext, Locator, Page } from '@playwright/test';
import { connectApp } from './environment/connect-grafana';
import { usageMonth } from './environment/known-usage';
import { startCollector } from './environment/start';
import { APP, environment, expect, expectAccessible, PROXY, test, THEMES } from './journey';
import { WHICHEVER } from './whichever';

const MONTH = usageMonth();
const PAGE = `${APP}/budgets`;

interface StoredBudget {
  id: number;
  version: number;
  name: string;
}

const { collector, key } = environment();
const headers = { authorization: `Bearer ${key}` };

/** Payments spent 1.365 of its 2 in the month of the usage, with which the running quarter begins: 68.25 %. */
const PAYMENTS = {
  name: 'Payments',
  scope: { workspace: 'payments' },
  amount: '2',
  currency: 'USD',
  interval: 'quarter',
  owner: 'checkout',
  contact: ['checkout@example.com'],
  valid_from: MONTH,
};

async function removeBudgets(request: APIRequestContext): Promise<void> {
  const { data } = (await (await request.get(`${collector}/v1/budgets`, { headers })).json()) as {
    data: StoredBudget[];
  };
  for (const { id } of data) {
    await request.delete(`${collector}/v1/budgets/${id}`, { headers: { ...headers, ...WHICHEVER } });
  }
}

async function postBudget(request: APIRequestContext, budget: object = {}): Promise<StoredBudget> {
  const answer = await request.post(`${collector}/v1/budgets`, { headers, data: { ...PAYMENTS, ...budget } });
  expect(answer.status(), await answer.text()).toBe(201);
  return (await answer.json()) as StoredBudget;
}

const list = (page: Page) => page.getByRole('table', { name: 'Budgets' });
const row = (page: Page, name: string) => list(page).getByRole('row').filter({ hasText: name });
const amount = (page: Page) => page.getByRole('textbox', { name: /^Amount/ });
const backTest = (page: Page) => page.getByRole('table', { name: 'Spend by period against the amount' });

async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let steps = 0; steps < 150; steps += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${String(target)}`);
}

test.describe('budgets', () => {
  test.afterEach(({ request }) => removeBudgets(request));

  test('a first budget is made: what is wrong, how it would have done, and what it has crossed', async ({
    page,
    open,
  }) => {
    await open(PAGE);
    await expect(page.getByText('There is no budget yet')).toBeVisible();
    await page.getByRole('button', { name: 'New budget' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('3 things are not right yet')).toBeVisible();

    await page.getByLabel('Name').fill('Payments');
    await page.getByLabel('Owner').fill('checkout');
    await amount(page).fill('2');
    await page.getByRole('radio', { name: 'Quarter' }).check({ force: true });
    await page.getByLabel('First period begins').fill(MONTH);
    await page.getByRole('button', { name: 'Narrow it down' }).click();
    await page.getByRole('combobox', { name: 'Workspace', exact: true }).click();
    await page.getByRole('option', { name: 'payments' }).click();
    await expect(page.getByText('3 things are not right yet')).toHaveCount(0);
    await expect(backTest(page).locator('tbody tr')).toHaveCount(4);
    await expect(backTest(page).locator('tbody tr').first()).toContainText(
      /1\.37 USD.*68\.2 %.*50 % on 10 .*still running; not collected from its start/,
    );
    await expect(backTest(page).locator('tbody tr').last()).toContainText('nothing collected');

    // A smaller amount would not have done.
    await amount(page).fill('1');
    await expect(backTest(page).locator('tbody tr').first()).toContainText(/136\.5 %.*100 % on 10 /);
    await amount(page).fill('2');
    await expect(backTest(page).locator('tbody tr').first()).toContainText('68.2 %');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save' }).click();

    await expect(page.getByText('Payments is saved.')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Payments', exact: true })).toBeVisible();
    await expect(page.getByRole('img', { name: /^68\.2 % of 2\.00 USD used.*; reached 50 %$/ })).toBeVisible();
    const thresholds = page.getByRole('table', { name: 'Thresholds' });
    await expect(thresholds.getByRole('row').filter({ hasText: '50 %' })).toContainText(/1\.00 USD.*crossed on/);
    await expect(thresholds.getByRole('row').filter({ hasText: '90 %' })).toContainText(/1\.80 USD.*not reached/);
    await expect(page.getByRole('table', { name: 'Crossings, newest first' }).locator('tbody tr')).toHaveCount(1);
    await expect(page.getByRole('table', { name: 'Changes, newest first' }).locator('tbody').first()).toContainText(
      /admin.*created the budget Payments.*Workspace payments.*2\.00 USD per quarter/,
    );

    await page.getByRole('link', { name: 'See these costs' }).click();
    await expect(page.getByTestId('summary-total')).toContainText('1.37 USD');
    await page.goBack();
    await page.getByRole('button', { name: 'All budgets' }).click();
    await expect(row(page, 'Payments')).toContainText(/Workspace payments.*1\.37 USD.*68\.2 %/);
    await expect(page.getByRole('button', { name: /^Threshold crossed/ })).toContainText('1');
  });

  test('two who edit one budget do not overwrite each other', async ({ page, open, request }) => {
    const { id, version } = await postBudget(request);
    await open(`${PAGE}?budget=edit-${id}`);
    await page.getByLabel('Notes').fill('mine');
    const other = await request.put(`${collector}/v1/budgets/${id}`, {
      headers: { ...headers, 'if-match': `"${version}"` },
      data: { ...PAYMENTS, amount: '3' },
    });
    expect(other.ok(), await other.text()).toBe(true);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Payments was changed while you were editing it')).toBeVisible();
    const differing = page.getByRole('table', { name: 'What differs in Payments' });
    await expect(differing.getByRole('row').filter({ hasText: 'Amount' })).toContainText(
      /2\.00 USD per quarter.*3\.00 USD per quarter.*2\.00 USD per quarter/,
    );
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Load the budget as it is now' }).click();
    await expect(amount(page)).toHaveValue('3');
    await page.getByLabel('Notes').fill('theirs, and mine');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Payments is saved.')).toBeVisible();
    await expect(page.getByText('theirs, and mine').first()).toBeVisible();
  });

  test('a budget that somebody deletes meanwhile can become a new one', async ({ page, open, request }) => {
    const { id } = await postBudget(request);
    await open(`${PAGE}?budget=edit-${id}`);
    await page.getByLabel('Notes').fill('mine');
    await request.delete(`${collector}/v1/budgets/${id}`, { headers: { ...headers, ...WHICHEVER } });
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Payments was deleted while you were editing it')).toBeVisible();
    await page.getByRole('button', { name: 'Make it a new budget' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Payments is saved.')).toBeVisible();
  });

  test('a budget is deleted only after a question, and not when somebody changed it meanwhile', async ({
    page,
    open,
    request,
  }) => {
    const { id, version } = await postBudget(request);
    await open(`${PAGE}?budget=${id}`);
    await page.getByRole('button', { name: 'Delete' }).click();
    const question = page.getByRole('dialog');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await request.put(`${collector}/v1/budgets/${id}`, {
      headers: { ...headers, 'if-match': `"${version}"` },
      data: { ...PAYMENTS, amount: '3' },
    });
    await page.getByRole('button', { name: 'Delete' }).click();
    await question.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(question).toContainText('changed the budget "Payments"');
    await expect(question.getByLabel('What was changed')).toContainText(/Amount.*2.*3/);
    await question.getByRole('button', { name: 'Cancel' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Delete' }).click();
    await question.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByText('Payments is deleted.')).toBeVisible();
    await expect(page.getByText('There is no budget yet')).toBeVisible();
  });

  test('what is typed and not saved is not lost by a step back', async ({ page, open }) => {
    await open(PAGE);
    await page.getByRole('button', { name: 'New budget' }).click();
    await page.getByLabel('Name').fill('Half written');
    await page.goBack();
    await page.getByRole('button', { name: 'Stay here' }).click();
    await expect(page.getByLabel('Name')).toHaveValue('Half written');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Leave without saving' }).click();
    await expect(page.getByText('There is no budget yet')).toBeVisible();
  });

  test('a name that is taken is refused in words, at its field', async ({ page, open, request }) => {
    const { id } = await postBudget(request);
    await open(`${PAGE}?budget=from-${id}`);
    await page.getByLabel('Name').fill('Payments');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText(/The name "Payments" is taken/).first()).toBeVisible();
  });

  test('one of many is found, sorted and narrowed, and the address keeps it', async ({ page, open, request }) => {
    for (let index = 1; index <= 60; index += 1) {
      const number = String(index).padStart(2, '0');
      await postBudget(request, { name: `Budget ${number}`, amount: String(index), owner: `team ${number}` });
    }
    await open(PAGE);
    await expect(page.getByText('Budgets 1–50 of 60')).toBeVisible();
    await expect(list(page).locator('tbody tr').first()).toContainText('Budget 01');
    await list(page).getByRole('button', { name: 'Amount' }).click();
    await expect(list(page).locator('tbody tr').first()).toContainText('Budget 60');
    await page.getByRole('button', { name: /^Breached/ }).click();
    await expect(page.getByText('1 budget', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: /^Breached/ }).click();
    await page.getByLabel('Search budgets').fill('TEAM 17');
    await expect(page.getByText('1 budget', { exact: true })).toBeVisible();
    await expect(page).toHaveURL(/search=TEAM/);
    await page.reload();
    await page.getByRole('link', { name: 'Budget 17' }).click();
    await page.getByRole('button', { name: 'All budgets' }).click();
    await expect(page.getByText('1 budget', { exact: true })).toBeVisible();
    await page.getByLabel('Search budgets').fill('nobody');
    await expect(page.getByText('No budget is like that')).toBeVisible();
  });

  test('a viewer sees how budgets stand, and writes none', async ({ page, open, request }) => {
    const { id } = await postBudget(request);
    await open(PAGE, { user: 'viewer' });
    await page.getByRole('link', { name: 'Payments' }).click();
    await expect(page.getByRole('table', { name: 'Crossings, newest first' })).toBeVisible();
    await expect(page.getByRole('button', { name: /New budget|Edit|Copy|Delete|alert/ })).toHaveCount(0);
    await expect(page.getByRole('region', { name: 'Alerts in Grafana' })).toHaveCount(0);
    await open(`${PAGE}?budget=new`, { user: 'viewer' });
    await expect(page.getByText('Only editors can write budgets')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0);
    await open(`${PAGE}?show=alerts`, { user: 'viewer' });
    await expect(row(page, 'Payments')).toBeVisible();
    const path = `${environment().url}${PROXY}/v1/budgets`;
    expect((await page.request.post(path, { data: PAYMENTS })).status()).toBe(403);
    expect((await page.request.put(`${path}/${id}`, { data: PAYMENTS })).status()).toBe(403);
    expect((await page.request.delete(`${path}/${id}`)).status()).toBe(403);
  });

  test('a member sees the budgets of their workspace and of no other', async ({ page, open, request }) => {
    await postBudget(request);
    const others = await postBudget(request, { name: 'Of analytics', scope: { workspace: 'analytics' } });
    const platform = await postBudget(request, { name: 'Of all', scope: {} });
    await open(PAGE, { user: 'member' });
    await expect(row(page, 'Payments')).toBeVisible();
    await expect(page.getByText('1 budget', { exact: true })).toBeVisible();
    await page.getByRole('radio', { name: 'History' }).check({ force: true });
    const changes = page.getByRole('table', { name: 'Changes, newest first' });
    await expect(changes).toContainText('the budget Payments');
    await expect(changes).not.toContainText(/Of analytics|Of all/);
    for (const { id } of [others, platform]) {
      await open(`${PAGE}?budget=${id}`, { user: 'member' });
      await expect(page.getByText('There is no such budget')).toBeVisible();
      const crossings = await page.request.get(`${environment().url}${PROXY}/v1/budgets/crossings?budget=${id}`);
      expect(await crossings.text()).not.toMatch(/Of analytics|Of all/);
    }
  });

  test('a budget is found, written and deleted by the keyboard alone', async ({ page, open }) => {
    await open(PAGE);
    await expect(page.getByText('There is no budget yet')).toBeVisible();
    await tabTo(page, page.getByRole('button', { name: 'New budget' }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'New budget' })).toBeVisible();
    await tabTo(page, page.getByLabel('Name'));
    await page.keyboard.type('By keys');
    await tabTo(page, page.getByLabel('Owner'));
    await page.keyboard.type('nobody');
    await tabTo(page, amount(page));
    await page.keyboard.type('5');
    await tabTo(page, page.getByRole('button', { name: 'Save' }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'By keys', exact: true })).toBeVisible();
    await tabTo(page, page.getByRole('button', { name: 'All budgets' }));
    await page.keyboard.press('Enter');
    const heading = list(page).getByRole('button', { name: 'Budget', exact: true });
    await tabTo(page, heading);
    await page.keyboard.press('Enter');
    await expect(list(page).getByRole('columnheader', { name: 'Budget' })).toHaveAttribute('aria-sort', 'ascending');
    await expect(heading).toBeFocused();
    await tabTo(page, page.getByRole('link', { name: 'By keys' }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('button', { name: 'Delete' }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }));
    await page.keyboard.press('Enter');
    await expect(page.getByText('There is no budget yet')).toBeVisible();
  });

  test('an administrator sees the states of alerts as Grafana has them, and that there are none without it', async ({
    page,
    open,
    request,
  }) => {
    const { id } = await postBudget(request);
    const unreachable = page.getByText('The states of alerts come from Grafana, and cannot be reached here');
    await open(`${PAGE}?show=alerts`);
    if (environment().grafana) {
      const rules = page.getByRole('table', { name: 'Alert rules' });
      await expect(rules.or(page.getByText('Grafana has no alert rules of Chargeback'))).toBeVisible();
    } else {
      await expect(unreachable).toBeVisible();
      await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
    }
    await open(`${PAGE}?budget=${id}`);
    const alerts = page.getByRole('region', { name: 'Alerts in Grafana' });
    await expect(
      environment().grafana ? alerts.getByRole('button', { name: 'Create alert for its contacts' }) : unreachable,
    ).toBeVisible();
    // What does not depend on Grafana is there all the same.
    await expect(page.getByRole('table', { name: 'Crossings, newest first' })).toBeVisible();
  });

  for (const theme of THEMES) {
    test(`list, budget, editor and alerts are accessible in the ${theme} theme`, async ({ page, open, request }) => {
      const { id } = await postBudget(request);
      await postBudget(request, { name: 'Spent up', amount: '1' });
      await postBudget(request, { name: 'To come', valid_from: '2099-01' });
      await open(PAGE, { theme });
      await expect(row(page, 'Spent up')).toContainText('Breached');
      await expectAccessible(page);
      await open(`${PAGE}?budget=${id}`, { theme });
      await expect(page.getByRole('table', { name: 'Changes, newest first' })).toBeVisible();
      await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
      await expectAccessible(page);
      await open(`${PAGE}?budget=new`, { theme });
      await page.getByRole('button', { name: 'Narrow it down' }).click();
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByText('4 things are not right yet')).toBeVisible();
      await expectAccessible(page);
      await open(`${PAGE}?show=alerts`, { theme });
      await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
      await expectAccessible(page);
      await open(`${PAGE}?show=history`, { theme });
      await expect(page.getByRole('table', { name: 'Changes, newest first' })).toBeVisible();
      await expectAccessible(page);
    });
  }
});

test('a collector that goes away while a budget is written takes nothing of it along', async ({
  page,
  open,
  request,
}) => {
  const { url, variables } = environment();
  let away = await startCollector(variables);
  try {
    await connectApp(url, { collector: away.url, key });
    await open(PAGE);
    await page.getByRole('button', { name: 'New budget' }).click();
    await page.getByLabel('Name').fill('Patient');
    await page.getByLabel('Owner').fill('checkout');
    await amount(page).fill('2');
    await expect(backTest(page)).toBeVisible();
    await away.kill();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('The collector does not answer')).toBeVisible();
    await expect(page.getByLabel('Name')).toHaveValue('Patient');
    away = await startCollector(variables, Number(new URL(away.url).port));
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('heading', { name: 'Patient', exact: true })).toBeVisible();
  } finally {
    await connectApp(url, { collector, key });
    await away.stop();
    await removeBudgets(request);
  }
});
