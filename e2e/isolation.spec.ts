import type { Page } from '@playwright/test';
import { DIMENSION_TYPES } from '../src/api/costs';
import { makeBoth, takeAway, type Made } from './both-teams';
import { usageMonth } from './environment/known-usage';
import { APP, environment, expect, PROXY, test, type User } from './journey';
import configuration from './playwright.config';
import { everythingShown, listen, OF_ANALYTICS, OF_OTHERS, OF_PAYMENTS } from './what-is-told';

// As in the browsers of people: a page that one goes back to is the one that was left, where it may be kept at all.
test.use({
  launchOptions: { ...configuration.use?.launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] },
});

const MONTH = usageMonth();
const { collector, key, url } = environment();
const headers = { authorization: `Bearer ${key}` };
const inMonth = (path: string) => `${APP}/${path}${path.includes('?') ? '&' : '?'}period=${MONTH}`;

/** Every page of the app, and addresses of what only others are offered; tabs and forms of a page are opened on it. */
const EVERY_PAGE = [
  'chargeback',
  'workspaces/payments',
  'budgets',
  'budgets?show=alerts',
  'budgets?show=history',
  'budgets?budget=new',
  'rates',
  'rates?show=history',
  'rates?card=new',
  'sources?tab=ownership',
  'sources?tab=collection',
  'history',
];

/** Waits until nothing more is loading. */
async function settle(page: Page): Promise<void> {
  // By its tag: a drawer hides what is below it from those who look for roles.
  await expect(page.locator('h1').first()).toBeVisible();
  await page.waitForLoadState('networkidle');
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
}

/** Opens every tab and every form of what the page shows, one after the other, and returns all that stood there. */
async function lookAround(page: Page): Promise<string[]> {
  const seen = [await everythingShown(page)];
  const main = page.getByRole('main');
  for (const role of ['tab', 'radio'] as const) {
    const names = await main
      .getByRole(role)
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? one.textContent ?? ''));
    for (let index = 0; index < names.length; index += 1) {
      const one = main.getByRole(role).nth(index);
      if ((await one.count()) > 0 && (await one.isEnabled())) {
        await one.click({ force: true });
        await settle(page);
        seen.push(await everythingShown(page));
      }
    }
  }
  return seen;
}

test.describe('one team and another', () => {
  let made: Made;
  test.beforeAll(async ({ request }) => {
    made = await makeBoth(request);
  });
  test.afterAll(async ({ request }) => takeAway(request, made));

  for (const user of ['member', 'editor'] as User[]) {
    for (const path of EVERY_PAGE) {
      test(`${path} tells the ${user} of payments nothing of analytics`, async ({ page, open }) => {
        const answers = listen(page);
        await open(inMonth(path), { user });
        await settle(page);
        const seen = await lookAround(page);
        expect(answers.length).toBeGreaterThan(0);
        expect([...answers, ...seen].join('\n')).not.toMatch(/history/.test(path) ? OF_ANALYTICS : OF_OTHERS);
      });
    }
  }

  test('the canaries are there for those who may see them', async ({ page, open }) => {
    for (const [path, theirs] of [
      ['chargeback', 'report-30'],
      ['budgets', 'kanari budget'],
      ['rates?show=list', 'kanari discount'],
    ] as const) {
      await open(inMonth(path), { user: 'other' });
      await expect(page.getByText(theirs).first()).toBeVisible();
      expect(await everythingShown(page)).toMatch(OF_OTHERS);
      expect(await everythingShown(page)).not.toMatch(OF_PAYMENTS);
    }
  });

  /** An address that names something of others, and the same with a name that nobody has. */
  const NAMED: Array<[what: string, path: string, theirs: string, nobodys: string]> = [
    ['their page', 'workspaces/NAME', 'analytics', 'nowhere'],
    ['a tab of their page', 'workspaces/NAME?tab=topic', 'analytics', 'nowhere'],
    ['a filter for their workspace', 'chargeback?workspace=NAME', 'analytics', 'nowhere'],
    ['a filter for their application', 'workspaces/payments?application=NAME', 'report-01', 'nothing-01'],
    ['a filter for their cluster', 'chargeback?cluster=NAME', 'vc-analytics', 'vc-nowhere'],
    ['a filter for their topic', 'chargeback?topic=NAME', 'report-01.rows', 'nothing-01.rows'],
    ['a filter for their principal', 'workspaces/payments?tab=principal&principal=NAME', 'sa-reports', 'sa-nobody'],
    ['the search', 'chargeback?search=NAME', 'report-01', 'nothing-01'],
    [
      'the reasons of their line',
      'chargeback?why=workspace%3Danalytics%26application%3DNAME',
      'report-01',
      'nothing-01',
    ],
    [
      'the readings of their line',
      `workspaces/payments?why=application%3DNAME&why_meter=kafka_ingress_bytes&why_day=${MONTH}-10&why_hour=${MONTH}-10T10:00:00.000Z`,
      'report-01',
      'nothing-01',
    ],
    ['their budget', 'budgets?budget=NAME', 'BUDGET', '2147480000'],
    ['the editor of their budget', 'budgets?budget=edit-NAME', 'BUDGET', '2147480000'],
    ['a copy of their budget', 'budgets?budget=from-NAME', 'BUDGET', '2147480000'],
    ['a search for their budget', 'budgets?search=NAME', 'kanari', 'nobody'],
    ['their rate card', 'rates?card=NAME', 'CARD', '2147480000'],
    ['the editor of their rate card', 'rates?card=edit-NAME', 'CARD', '2147480000'],
    ['a copy of their rate card', 'rates?card=from-NAME', 'CARD', '2147480000'],
    ['a search for their rate card', 'rates?show=list&search=NAME', 'kanari', 'nobody'],
  ];
  for (const user of ['member', 'editor'] as User[]) {
    // An editor is offered more of budgets and rate cards.
    for (const [what, path, theirs, nobodys] of NAMED.slice(user === 'editor' ? NAMED.length - 8 : 0)) {
      test(`${what} in the address tells the ${user} no more than a name that nobody has`, async ({ page, open }) => {
        const told: Array<{ text: string; answers: string[] }> = [];
        for (const given of [theirs, nobodys]) {
          const name = given
            .replace(/^BUDGET$/, String(made.theirs.budget))
            .replace(/^CARD$/, String(made.theirs.card));
          // What one asks for may stand in the page; moments of asking differ. An id is told by nothing.
          const plain = (text: string) =>
            text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'MOMENT').replaceAll(/^\d+$/.test(name) ? 'NAME' : name, 'NAME');
          const answers = listen(page);
          await open(inMonth(path.replace('NAME', encodeURIComponent(name))), { user });
          await settle(page);
          told.push({
            text: plain((await page.locator('main, [role="dialog"]').allInnerTexts()).join('\n')),
            answers: [...new Set(answers.map(plain))].sort(),
          });
          expect(answers.length).toBeGreaterThan(0);
          expect(answers.map((one) => one.replaceAll(name, '')).join('\n')).not.toMatch(OF_OTHERS);
          page.removeAllListeners('response');
        }
        expect(told[0]).toEqual(told[1]);
      });
    }
  }

  test('what is offered while one types is of one’s own workspaces', async ({ page, open }) => {
    const answers = listen(page);
    await open(inMonth('chargeback'), { user: 'editor' });
    await page.getByRole('combobox', { name: 'Workspace' }).click();
    await expect(page.getByRole('option')).toHaveText(['All your workspaces', 'payments']);
    await page.keyboard.type('ana');
    await expect(page.getByRole('option', { name: /analytics/ })).toHaveCount(0);
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: /^Search applications/ }).fill('report');
    await expect(page.getByText('Nothing matches').first()).toBeVisible();

    await open(inMonth('budgets?budget=new'), { user: 'editor' });
    await page
      .getByRole('button', { name: /Narrow/ })
      .first()
      .click();
    await page.getByRole('combobox', { name: 'Workspace', exact: true }).click();
    await expect(page.getByRole('option', { name: 'payments' })).toBeVisible();
    expect([...answers, await everythingShown(page)].join('\n')).not.toMatch(OF_OTHERS);

    for (const type of Object.keys(DIMENSION_TYPES)) {
      const answer = await page.request.get(`${url}${PROXY}/v1/dimensions?dimension_type=${type}`);
      expect([type, answer.status()]).toEqual([type, 200]);
      expect(await answer.text()).not.toMatch(OF_OTHERS);
    }
  });

  test('a file has their own lines only, whatever its address says', async ({ page, open }) => {
    for (const user of ['member', 'editor'] as User[]) {
      await open(inMonth('chargeback'), { user });
      await settle(page);
      const download = (question: string) =>
        page.request.get(`${url}${PROXY}/v1/chargeback.csv?period=${MONTH}${question}`);
      const own = await download('');
      expect(own.status()).toBe(200);
      expect(await own.text()).toMatch(OF_PAYMENTS);
      expect([await own.text(), ...Object.values(own.headers())].join('\n')).not.toMatch(OF_OTHERS);
      for (const field of ['workspace', 'application', 'cluster', 'topic', 'principal']) {
        const theirs = await download(
          `&${field}=${{ workspace: 'analytics', application: 'report-01' }[field] ?? 'vc-analytics'}`,
        );
        const nobodys = await download(`&${field}=nowhere`);
        expect([field, theirs.status()]).toEqual([field, nobodys.status()]);
        expect(await theirs.text()).not.toMatch(/report-\d|sa-reports/);
      }
    }
  });

  test('an editor can neither budget for others nor learn that they are there', async ({ page, open }) => {
    await open(inMonth('budgets'), { user: 'editor' });
    await settle(page);
    for (const path of ['', '/preview']) {
      const ask = async (workspace: string) => {
        const data = { name: 'try', scope: { workspace }, amount: '1', owner: 'me', valid_from: MONTH };
        const answer = await page.request.post(`${url}${PROXY}/v1/budgets${path}`, { data });
        return [answer.status(), (await answer.text()).replaceAll(workspace, 'NAME')];
      };
      const theirs = await ask('analytics');
      expect(theirs[0]).toBe(403);
      expect(theirs).toEqual(await ask('nowhere'));
    }
  });

  test('after another user has left, the same browser tells nothing of them', async ({ page, open }) => {
    const paths = ['chargeback', 'budgets', 'rates?show=list'];
    for (const path of paths) {
      await open(inMonth(path), { user: 'other' });
      await settle(page);
      expect(await everythingShown(page)).toMatch(OF_OTHERS);
    }
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(kept).not.toMatch(/report-\d|kanari|sa-reports/);

    const answers = listen(page);
    await open(inMonth('sources?tab=collection'), { user: 'member' });
    await settle(page);
    for (const _path of paths) {
      await page.goBack();
      await settle(page);
      expect(await everythingShown(page)).not.toMatch(OF_OTHERS);
    }
    for (const _path of paths) {
      await page.goForward();
      await settle(page);
      expect(await everythingShown(page)).not.toMatch(OF_OTHERS);
    }
    for (const path of paths) {
      await open(inMonth(path), { user: 'member' });
      await settle(page);
      expect(await everythingShown(page)).not.toMatch(OF_OTHERS);
    }
    expect(answers.length).toBeGreaterThan(6);
    expect(answers.join('\n')).not.toMatch(OF_OTHERS);
  });
});

test.describe('one to whom nothing was granted', () => {
  let made: Made;
  test.beforeAll(async ({ request }) => {
    made = await makeBoth(request);
  });
  test.afterAll(async ({ request }) => takeAway(request, made));

  for (const path of EVERY_PAGE) {
    test(`is told so by ${path}, whom to ask, and of nobody's workspace`, async ({ page, open }) => {
      const answers = listen(page);
      await open(inMonth(path), { user: 'stranger' });
      await settle(page);
      await expect(page.getByText('You have not been given any workspace yet')).toBeVisible();
      await expect(page.getByText(/Ask an administrator of .* your login is chargeback-stranger/)).toBeVisible();
      const seen = await lookAround(page);
      const told = [...answers, ...seen].join('\n');
      expect(told).not.toMatch(OF_OTHERS);
      expect(told).not.toMatch(OF_PAYMENTS);
    });
  }

  test('sees everything as soon as it is granted', async ({ page, open, request }) => {
    const before = (await (await request.get(`${collector}/v1/access`, { headers })).json()) as {
      grants: Array<{ workspaces: string[] }>;
    };
    const put = async (grants: object[]) => {
      const { etag } = (await request.get(`${collector}/v1/access`, { headers })).headers();
      const answer = await request.put(`${collector}/v1/access`, {
        headers: { ...headers, ...(etag && { 'if-match': etag }) },
        data: { grants },
      });
      expect(answer.ok(), await answer.text()).toBe(true);
    };
    await open(inMonth('chargeback'), { user: 'stranger' });
    await expect(page.getByText('You have not been given any workspace yet')).toBeVisible();
    await put([...before.grants, { login: 'chargeback-stranger', workspaces: ['payments'] }]);
    try {
      await page.getByRole('button', { name: 'Look again' }).click();
      await expect(page.getByTestId('summary-total')).toContainText('1.37 USD');
    } finally {
      await put(before.grants);
    }
  });
});
