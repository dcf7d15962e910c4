import { readFile } from 'node:fs/promises';
import type { APIRequestContext, Page } from '@playwright/test';
import { monthFrom } from './environment/known-usage';
import { APP, environment, expect, expectAccessible, PROXY, test, THEMES } from './journey';

const PAGE = `${APP}/history`;
const ACCESS = '/plugins/finops-chargeback-app?page=access';
const { collector, key } = environment();
const headers = { authorization: `Bearer ${key}` };

// Entries stay for ever: another run of this file finds its own by name.
const RUN = Date.now().toString(36);
const OURS = `trace of ours ${RUN}`;
const OTHERS = `trace of others ${RUN}`;
const GONE = `trace of what is gone ${RUN}`;

const changes = (page: Page) => page.getByRole('table', { name: 'Changes, newest first' });
const card = (name: string, workspace: string, { price = '1', month = 1 } = {}) => ({
  name,
  workspace,
  currency: 'USD',
  valid_from: `${monthFrom(new Date(), month)}-01`,
  prices: { kafka_requests: { per: '1000', unit_price: price } },
});

async function makeCard(request: APIRequestContext, data: object): Promise<string> {
  const answer = await request.post(`${collector}/v1/rate-cards`, { headers, data });
  expect(answer.status(), await answer.text()).toBe(201);
  return `/v1/rate-cards/${((await answer.json()) as { id: number }).id}`;
}

async function change(request: APIRequestContext, path: string, data?: object): Promise<void> {
  const { etag } = (await request.get(`${collector}${path}`, { headers })).headers();
  const options = { headers: { ...headers, ...(etag && { 'if-match': etag }) } };
  const answer = data
    ? await request.put(`${collector}${path}`, { ...options, data })
    : await request.delete(`${collector}${path}`, options);
  expect(answer.ok(), await answer.text()).toBe(true);
}

test.describe('who changed what', () => {
  const made: string[] = [];
  test.beforeAll(async ({ request }) => {
    for (const [name, workspace] of [
      [OURS, 'payments'],
      [OTHERS, 'analytics'],
    ] as const) {
      const path = await makeCard(request, card(name, workspace));
      await change(request, path, card(name, workspace, { price: '1.25' }));
      made.push(path);
    }
    const gone = await makeCard(request, card(GONE, 'payments', { month: 2 }));
    await change(request, gone);
  });
  test.afterAll(async ({ request }) => {
    for (const path of made) {
      await change(request, path);
    }
  });

  test('is found by what it is of, opened, followed to the thing, and taken along as a file', async ({
    page,
    open,
  }) => {
    await open(PAGE);
    await expect(changes(page)).toContainText(OTHERS);
    await page.getByRole('combobox', { name: 'Name' }).fill(OURS);
    await page.keyboard.press('Enter');
    await expect(changes(page).locator('tbody')).toHaveCount(2);
    const newest = changes(page).locator('tbody').first();
    await expect(newest).toContainText(new RegExp(`changed the rate card ${OURS}.*payments.*API`));
    await expect(newest.getByText('1.25 USD per thousand requests', { exact: true })).toBeHidden();
    await newest.getByRole('button', { name: `What changed in ${OURS}` }).press('Enter');
    await expect(newest).toContainText(
      /Kafka requests.*1\.00 USD per thousand requests.*1\.25 USD per thousand requests/,
    );

    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download CSV' }).click();
    const file = await readFile(await (await downloading).path(), 'utf8');
    expect(file).toMatch(/^at,actor,/);
    expect(file.trim().split(/\r?\n/)).toHaveLength(3);

    // The address alone shows the same to somebody else.
    await page.goto(page.url());
    await expect(changes(page).locator('tbody')).toHaveCount(2);
    await changes(page).getByRole('link', { name: OURS }).first().click();
    await expect(page.getByRole('heading', { name: OURS, exact: true })).toBeVisible();
    await page.getByRole('link', { name: 'Open in History' }).click();
    await expect(changes(page).locator('tbody')).toHaveCount(2);
    expect(new URL(page.url()).searchParams.get('object')).toBe('rate-card');
  });

  test('of what was deleted the trace stays, without a link', async ({ page, open }) => {
    await open(`${PAGE}?subject=${encodeURIComponent(GONE)}`);
    await expect(changes(page).locator('tbody')).toHaveCount(2);
    await expect(changes(page).locator('tbody').first()).toContainText(`deleted the rate card ${GONE}`);
    await expect(changes(page).getByRole('link')).toHaveCount(0);
  });

  test('a member reads that of their workspace and of no other', async ({ page, open }) => {
    await open(PAGE, { user: 'member' });
    await expect(changes(page)).toContainText(OURS);
    await expect(changes(page)).not.toContainText(/trace of others|analytics/);
    const file = await page.request.get(`${environment().url}${PROXY}/v1/history.csv`);
    expect(await file.text()).not.toMatch(/trace of others|analytics/);
    await open(`${PAGE}?workspace=analytics`, { user: 'member' });
    await expect(page.getByText('The history is not for your role')).toBeVisible();
  });

  for (const theme of THEMES) {
    test(`people with disabilities can read it in the ${theme} theme`, async ({ page, open }) => {
      await open(`${PAGE}?subject=${encodeURIComponent(OURS)}`, { theme });
      await page
        .getByRole('button', { name: `What changed in ${OURS}` })
        .first()
        .click();
      await expectAccessible(page);
      await open(`${PAGE}?subject=nothing+is+called+that`, { theme });
      await expect(page.getByText('No change is like that')).toBeVisible();
      await expectAccessible(page);
    });
  }
});

test.describe('the pages as somebody else sees them', () => {
  const seen = (page: Page) => page.getByRole('status').filter({ hasText: 'You see what payments-member sees' });

  const seeAs = async (page: Page, role: 'Viewer' | 'Editor') => {
    await page.getByLabel('Login', { exact: true }).fill('payments-member');
    await page.getByRole('button', { name: 'Look' }).click();
    await expect(page.getByText('Sees payments.', { exact: true })).toBeVisible();
    await page.getByRole('radio', { name: role, exact: true }).check({ force: true });
    await page.getByRole('button', { name: 'See the pages as payments-member' }).click();
    await expect(seen(page)).toBeVisible();
  };

  test('an administrator sees nothing of other teams until they stop', async ({ page, open }) => {
    await open(ACCESS);
    await seeAs(page, 'Viewer');
    const told: string[] = [];
    page.on('response', (response) => {
      if (response.url().includes(`${PROXY}/v1/`)) {
        void response.text().then(
          (text) => told.push(text),
          () => undefined,
        );
      }
    });
    for (const path of [
      'chargeback',
      'workspaces/payments',
      'budgets',
      'rates?show=list',
      'sources?tab=collection',
      'history',
    ]) {
      await page.goto(`${environment().url}${APP}/${path}`);
      await expect(seen(page)).toBeVisible();
      await page.waitForLoadState('networkidle');
      await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
      expect(await page.getByRole('main').innerText()).not.toMatch(/\banalytics\b|report-\d|trace of others/);
      await expect(page.getByRole('button', { name: /^(New|Edit|Delete|Collect)/ })).toHaveCount(0);
    }
    expect(told.length).toBeGreaterThan(5);
    expect(told.join('\n')).not.toMatch(/\banalytics\b|report-\d/);
    await page.goto(`${environment().url}${APP}/workspaces/analytics`);
    await expect(page.getByText('You do not see the costs of analytics')).toBeVisible();

    await seen(page).getByRole('button', { name: 'Stop' }).click();
    await expect(seen(page)).toHaveCount(0);
    await page.goto(`${environment().url}${APP}/rates`);
    await expect(page.getByRole('button', { name: 'New rate card' })).toBeVisible();
  });

  test('nothing is written meanwhile, not even by one who sees as an editor', async ({ page, open }) => {
    await open(ACCESS);
    await seeAs(page, 'Editor');
    await page.goto(`${environment().url}${APP}/budgets?budget=new`);
    await page.getByLabel('Name').fill('In another name');
    await page.getByLabel('Owner').fill('nobody');
    await page.getByLabel(/^Amount/).fill('2');
    await page.getByRole('button', { name: 'Narrow it down' }).click();
    await page.getByRole('combobox', { name: 'Workspace', exact: true }).click();
    await page.getByRole('option', { name: 'payments' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText(/Stop seeing as payments-member first/).first()).toBeVisible();
  });

  for (const theme of THEMES) {
    test(`what says so is accessible in the ${theme} theme`, async ({ page, open }) => {
      await open(ACCESS, { theme });
      await seeAs(page, 'Viewer');
      await expectAccessible(page);
    });
  }
});
