import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { Decimal } from '../src/domain/decimal';
import { fillLargeLedger } from './environment/large-ledger';
import { monthFrom, usageMonth } from './environment/known-usage';
import { startOwnCollector, type OwnCollector } from './environment/own-collector';
import { APP, environment, expect, expectAccessible, PROXY, test } from './journey';

const MONTH = usageMonth();
const DAYS = new Date(Date.UTC(Number(MONTH.slice(0, 4)), Number(MONTH.slice(5)), 0)).getUTCDate();
const CHARGEBACK = `${APP}/chargeback?period=${MONTH}`;

/** Of 5,000 applications each hundredth belongs to nobody: those are one line. */
const LINES = 4951;
const LONG_NAME =
  'an-application-whose-name-somebody-generated-from-the-path-of-a-repository-and-its-branch-and-the-hash-of-the-commit'.padEnd(
    120,
    '0',
  );

/** A line of the API's report. */
type Line = Record<
  | 'workspace'
  | 'application'
  | 'environment'
  | 'ingress_bytes'
  | 'egress_bytes'
  | 'messages'
  | 'ingress_cost'
  | 'egress_cost'
  | 'message_cost'
  | 'other_cost'
  | 'total_cost',
  string
> & { confidence: number };

const FIGURES = [
  { column: 'Total (USD)', key: 'total_cost', unit: 'USD' },
  { column: 'Ingress cost (USD)', key: 'ingress_cost', unit: 'USD' },
  { column: 'Egress cost (USD)', key: 'egress_cost', unit: 'USD' },
  { column: 'Message cost (USD)', key: 'message_cost', unit: 'USD' },
  { column: 'Other cost (USD)', key: 'other_cost', unit: 'USD' },
  { column: 'Ingress', key: 'ingress_bytes', unit: 'byte' },
  { column: 'Egress', key: 'egress_bytes', unit: 'byte' },
  { column: 'Messages', key: 'messages', unit: 'message' },
] as const;

const table = (page: Page) => page.getByRole('table', { name: 'Chargeback by application' });
const rows = (page: Page) => table(page).locator('tbody tr');

/** The exact figures of a row, in the order of FIGURES, from what one reads on hover: `1,024 bytes` is 1024. */
async function exactFigures(row: Locator): Promise<string[]> {
  const titles = await row
    .locator('td[title]')
    .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('title') ?? ''));
  return titles
    .filter((title) => / (USD|bytes?|messages?)$/.test(title))
    .map((title) => new Decimal(title.replace(/ \S+$/, '').replaceAll(',', '')).toFixed());
}

/** Counts the app's questions from now on, by the end of their path. */
function countQuestions(page: Page): () => Record<string, number> {
  let counts: Record<string, number> = {};
  page.on('request', (request) => {
    const [, path] = request.url().split('?')[0]?.split(`${PROXY}/v1/`) ?? [];
    if (path !== undefined) {
      counts[path] = (counts[path] ?? 0) + 1;
    }
  });
  return () => {
    const until = counts;
    counts = {};
    return until;
  };
}

/** The app fits the window: what is wider scrolls within itself. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overhang = await page.evaluate(() =>
    [document.documentElement, document.body, document.querySelector('main')].map((one) =>
      one ? one.scrollWidth - one.clientWidth : 0,
    ),
  );
  expect(Math.max(...overhang)).toBeLessThanOrEqual(0);
}

test.describe('5,000 applications in 500 workspaces', () => {
  const { key, url } = environment();
  const headers = { authorization: `Bearer ${key}` };
  let own: OwnCollector;
  let report: { lines: Line[]; totals: Line };

  test.beforeAll(async ({ request }) => {
    test.setTimeout(240_000);
    own = await startOwnCollector(environment(), { fill: fillLargeLedger });
    const answer = await request.get(`${own.url}/v1/chargeback?period=${MONTH}`, { headers });
    report = (await answer.json()) as typeof report;
    expect(report.lines).toHaveLength(LINES);
  });
  test.afterAll(() => own.stop());

  test('the totals are those of the API to the last decimal, and the lines sum to them', async ({ page, open }) => {
    await open(CHARGEBACK);
    await expect(page.getByText(`Rows 1–25 of 4,951`)).toBeVisible();
    const totals = table(page).getByRole('row').filter({ hasText: 'Total of all 4,951 lines' });
    expect(await exactFigures(totals)).toEqual(FIGURES.map(({ key: figure }) => report.totals[figure]));
    for (const { key: figure } of FIGURES) {
      const sum = report.lines.reduce((before, line) => before.plus(line[figure]), new Decimal(0));
      expect(sum.toFixed(), figure).toBe(report.totals[figure]);
    }
    const total = report.totals.total_cost;
    await expect(page.getByTestId('summary-total').getByTitle(`${total} USD`)).toBeVisible();
    await expect(page.getByTestId('summary-total')).toContainText('495 workspaces');
  });

  test('the smallest, the greatest and a correction below zero are shown as they are', async ({ page, open }) => {
    await open(`${CHARGEBACK}&search=application-000`);
    const line = (name: string) => rows(page).filter({ hasText: name });
    // 120 TB a day at 0.10 per GB.
    const huge = new Decimal(120 * 1024).times('0.1').times(DAYS);
    await expect(line('application-0004').getByTitle(`${huge.toFixed()} USD`).first()).toHaveText(
      huge.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ','),
    );
    // One byte a day is 0.000000000093 USD; 1,093 messages a day are 0.00001093 USD.
    const tiny = new Decimal('0.000000000093').plus('0.00001093').times(DAYS);
    await expect(line('application-0003').getByTitle(`${tiny.toFixed()} USD`)).toHaveText('<0.01');
    // One GB is taken back every day.
    const correction = new Decimal('-0.1').times(DAYS);
    await expect(line('application-0002').getByTitle(`${correction.toFixed()} USD`).first()).toHaveText(
      correction.toFixed(2),
    );
    await expect(line('application-0002')).toContainText(/-\d+\.\d\d GiB/);
  });

  test('every column sorts both ways with one question and never more than a page of rows', async ({ page, open }) => {
    await open(CHARGEBACK);
    await expect(rows(page)).toHaveCount(25);
    const questions = countQuestions(page);
    const sorted = async (column: string, order: 'ascending' | 'descending') => {
      await expect(table(page).getByRole('columnheader', { name: column, exact: true })).toHaveAttribute(
        'aria-sort',
        order,
      );
      await expect(page.getByText('Rows 1–25 of 4,951')).toBeVisible();
      expect(await page.locator('tbody tr').count()).toBeLessThan(40);
      expect(questions()).toEqual({ 'chargeback/lines': 1 });
    };
    for (const [place, { column, key: figure }] of FIGURES.entries()) {
      const heading = table(page).getByRole('button', { name: column, exact: true });
      const ordered = report.lines.map((line) => new Decimal(line[figure])).sort((a, b) => a.cmp(b));
      // The page is sorted by the total already: its first press turns the order round.
      for (const order of place === 0
        ? (['ascending', 'descending'] as const)
        : (['descending', 'ascending'] as const)) {
        await heading.click();
        await sorted(column, order);
        const expected = (order === 'ascending' ? ordered : ordered.toReversed()).slice(0, 25);
        const shown = await Promise.all((await rows(page).all()).map(async (row) => (await exactFigures(row))[place]));
        expect(shown, `${column} ${order}`).toEqual(expected.map((one) => one.toFixed()));
      }
    }
    for (const [place, column] of ['Workspace', 'Application', 'Environment'].entries()) {
      const names = report.lines.map(({ workspace, application, environment: of }) =>
        place === 0 ? workspace || 'Unallocated' : place === 1 ? application : of,
      );
      for (const order of ['ascending', 'descending'] as const) {
        await table(page).getByRole('button', { name: column, exact: true }).click();
        await sorted(column, order);
        const shown = (
          await rows(page)
            .locator(`td:nth-child(${place + 1})`)
            .allInnerTexts()
        ).map((text) => text.trim().replace(/^–$/, ''));
        expect(shown).toHaveLength(25);
        shown.forEach((name) => expect(names).toContain(name));
        const inOrder = [...shown].sort((a, b) => a.localeCompare(b, 'en'));
        expect(shown, `${column} ${order}`).toEqual(order === 'ascending' ? inOrder : inOrder.reverse());
      }
    }
    await table(page).getByRole('button', { name: 'Confidence', exact: true }).click();
    await sorted('Confidence', 'ascending');
  });

  test('pages are leafed through to the last, each with one question', async ({ page, open }) => {
    await open(CHARGEBACK);
    await expect(page.getByText('Rows 1–25 of 4,951')).toBeVisible();
    const first = await rows(page).first().innerText();
    const questions = countQuestions(page);
    await page.getByRole('button', { name: '2', exact: true }).click();
    await expect(page.getByText('Rows 26–50 of 4,951')).toBeVisible();
    expect(await rows(page).first().innerText()).not.toBe(first);
    expect(questions()).toEqual({ 'chargeback/lines': 1 });
    await page.getByRole('button', { name: '199', exact: true }).click();
    await expect(page.getByText('Rows 4,951–4,951 of 4,951')).toBeVisible();
    await expect(rows(page)).toHaveCount(1);
    expect(questions()).toEqual({ 'chargeback/lines': 1 });
    // The last line is the correction below zero.
    await expect(rows(page)).toContainText('application-0002');
    await open(`${CHARGEBACK}&page=100000`);
    await expect(page.getByText('Rows 4,951–4,951 of 4,951')).toBeVisible();
  });

  test('a search finds what was typed, letter by letter, whatever the letters are', async ({ page, open }) => {
    await open(CHARGEBACK);
    await expect(rows(page)).toHaveCount(25);
    const search = page.getByLabel('Search applications');
    for (const text of ['%', '_', '50%_100', '"süd"', 'SÜD', 'zahlungsverkehr 100']) {
      await search.fill(text);
      await expect(rows(page).first()).toContainText('Zahlungsverkehr "Süd" 50%_100');
      expect(new URL(page.url()).searchParams.get('search')).toBe(text);
      await search.fill('application-0004');
      await expect(page.getByText('Found (1 of 4,951 lines)')).toBeVisible();
      await expect(rows(page).first()).toContainText('application-0004');
    }
    for (const nothing of ['%%', '\\', "' or 1=1 --", '<b>']) {
      await search.fill(nothing);
      await expect(page.getByText(`Nothing matches “${nothing}”.`)).toBeVisible();
    }
    // 100 names begin so, one of them belongs to nobody.
    await search.fill('application-49');
    await expect(page.getByText('Found (99 of 4,951 lines)')).toBeVisible();
    await expect(page.getByText('Rows 1–25 of 99')).toBeVisible();
  });

  test('the file has exactly the lines that were found, in their order', async ({ page, open }) => {
    await open(`${CHARGEBACK}&search=application-49&sort=application&environment=prod&environment=stage`);
    const expected = report.lines
      .filter(({ application, environment: of }) => /^application-49/.test(application) && /^(prod|stage)$/.test(of))
      .map(({ application }) => application)
      .sort();
    expect(expected.length).toBeGreaterThan(30);
    await expect(page.getByText(`Rows 1–25 of ${expected.length}`)).toBeVisible();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download CSV' }).click();
    const lines = (await readFile(await (await downloading).path(), 'utf8')).trim().split(/\r?\n/);
    expect(lines.slice(1, -1).map((line) => line.split(',')[1])).toEqual(expected);
    const found = table(page).getByRole('row').filter({ hasText: 'Found (' });
    expect([lines.at(-1)?.split(',')[10]]).toEqual((await exactFigures(found)).slice(0, 1));
  });

  test('one of 500 workspaces is found by typing', async ({ page, open }) => {
    await open(CHARGEBACK);
    await expect(rows(page)).toHaveCount(25);
    const picker = page.getByRole('combobox', { name: 'Workspace' });
    await picker.click();
    await expect(page.getByRole('option', { name: 'Unallocated' })).toBeVisible();
    expect(await page.getByRole('option').count()).toBeLessThan(60);
    await picker.fill('team-12');
    await expect(page.getByRole('option', { name: /^team-12\d$/ })).toHaveCount(10);
    await page.getByRole('option', { name: 'team-123' }).click();
    await expect(page.getByText('Total of all 10 lines')).toBeVisible();
    expect(new URL(page.url()).searchParams.getAll('workspace')).toEqual(['team-123']);
    await expect(page.getByTestId('summary-total')).toContainText('10 lines');
    const sum = report.lines
      .filter(({ workspace }) => workspace === 'team-123')
      .reduce((before, { total_cost }) => before.plus(total_cost), new Decimal(0));
    await expect(page.getByTestId('summary-total').getByTitle(`${sum.toFixed()} USD`)).toBeVisible();
    await rows(page).first().getByRole('link', { name: 'team-123' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'team-123' })).toBeVisible();
    await expect(page.getByTestId('summary-total').getByTitle(`${sum.toFixed()} USD`)).toBeVisible();
  });

  test('nothing moves while another page, order or search is loading', async ({ page, open }) => {
    await open(CHARGEBACK);
    await expect(rows(page)).toHaveCount(25);
    // Within the page, wherever it is scrolled to.
    const places = () =>
      Promise.all(
        [table(page), table(page).locator('tfoot'), page.getByLabel('Search applications')].map((one) =>
          one.evaluate((element) => {
            const { top, height } = element.getBoundingClientRect();
            return { y: top - (document.querySelector('main')?.getBoundingClientRect().top ?? 0), height };
          }),
        ),
      );
    const scroll = () => page.evaluate(() => document.documentElement.scrollHeight);
    await table(page).scrollIntoViewIfNeeded();
    const [before, height] = [await places(), await scroll()];
    const unmoved = async (what: string) => {
      (await places()).forEach(({ y, height: tall }, index) => {
        expect(Math.abs(y - (before[index]?.y ?? 0)), what).toBeLessThanOrEqual(3);
        expect(Math.abs(tall - (before[index]?.height ?? 0)), what).toBeLessThanOrEqual(3);
      });
      expect(Math.abs((await scroll()) - height), what).toBeLessThanOrEqual(3);
    };
    for (const [what, act, arrived] of [
      [
        'another page',
        () => page.getByRole('button', { name: '2', exact: true }).click(),
        () => expect(page.getByText('Rows 26–50 of 4,951')).toBeVisible(),
      ],
      [
        'another order',
        () => table(page).getByRole('button', { name: 'Messages', exact: true }).click(),
        () => expect(page.getByText('Rows 1–25 of 4,951')).toBeVisible(),
      ],
    ] as const) {
      let release = () => {};
      const held = new Promise<void>((resolve) => (release = resolve));
      await page.route('**/v1/chargeback/lines?**', async (route) => {
        await held;
        await route.continue();
      });
      await act();
      await expect(page.getByText('Loading…')).toBeVisible();
      await unmoved(`${what}, loading`);
      release();
      await arrived();
      await unmoved(`${what}, loaded`);
      await page.unrouteAll();
    }
  });

  test('what is loading is as tall as what comes', async ({ page, open }) => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/v1/chargeback/**', async (route) => {
      await held;
      await route.continue();
    });
    await open(CHARGEBACK);
    const days = page.getByRole('region', { name: 'Cost by day' });
    const applications = page.getByRole('region', { name: 'Applications' });
    const heights = () => Promise.all([days, applications].map(async (one) => (await one.boundingBox())?.height ?? -1));
    // From the heading of the days to that of the applications, and from the first part to the days.
    const top = async (one: Locator) => (await one.boundingBox())?.y ?? -1;
    await expect(applications).toBeVisible();
    await expect(page.getByRole('status', { name: 'Loading the summary…' })).toBeVisible();
    const cards = await page.getByRole('status', { name: 'Loading the summary…' }).boundingBox();
    const [before, between] = [await heights(), (await top(applications)) - (await top(days))];
    release();
    await expect(rows(page)).toHaveCount(25);
    await expect(page.getByTestId('summary-total')).toBeVisible();
    await expect(days.getByRole('list').first()).toBeVisible();
    (await heights()).forEach((height, index) =>
      expect(Math.abs(height - (before[index] ?? 0)), `${['days', 'table'][index]}`).toBeLessThanOrEqual(8),
    );
    expect(Math.abs((await top(applications)) - (await top(days)) - between)).toBeLessThanOrEqual(8);
    const summary = await page.getByRole('list', { name: 'Summary' }).locator('..').boundingBox();
    expect(Math.abs((summary?.height ?? 0) - (cards?.height ?? 0))).toBeLessThanOrEqual(8);
  });

  for (const width of [1440, 1024]) {
    test(`a name of 120 letters does not break a window of ${width} pixels`, async ({ page, open }) => {
      await page.setViewportSize({ width, height: 900 });
      await open(`${CHARGEBACK}&search=an-application-whose`);
      await expect(rows(page)).toHaveCount(1);
      await expect(rows(page).getByTitle(LONG_NAME)).toBeVisible();
      await expectNoSidewaysScroll(page);
      // Its row is as tall as any other, and its figures are in reach.
      expect((await rows(page).boundingBox())?.height).toBeLessThanOrEqual(40);
      await rows(page)
        .getByRole('button', { name: /^Why this amount/ })
        .click();
      const drawer = page.getByRole('dialog', { name: /Why this amount/ });
      await expect(drawer.getByRole('table', { name: 'Meters of the line' })).toBeVisible();
      await expectNoSidewaysScroll(page);
      expect((await drawer.boundingBox())?.x).toBeGreaterThanOrEqual(0);
      await page.keyboard.press('Escape');

      await open(`${APP}/workspaces/team-000?period=${MONTH}`);
      await expect(page.getByTitle(LONG_NAME).first()).toBeVisible();
      await expectNoSidewaysScroll(page);
      await open(`${CHARGEBACK}&application=${LONG_NAME}`);
      await expect(page.getByRole('button', { name: `Remove the filter Application: ${LONG_NAME}` })).toBeVisible();
      await expectNoSidewaysScroll(page);
      await open(`${APP}/sources?tab=ownership&period=${MONTH}`);
      await expect(page.getByText('Resources 1–10 of 50')).toBeVisible();
      await expectNoSidewaysScroll(page);
      await open(`${APP}/sources?tab=collection&period=${MONTH}`);
      await expect(page.getByRole('grid')).toBeVisible();
      await expectNoSidewaysScroll(page);
    });
  }

  test('500 overrides: searched and leafed through, a page of them at a time', async ({ page, open }) => {
    test.setTimeout(240_000);
    const from = `${monthFrom(new Date(), 1)}-01`;
    for (let index = 0; index < 500; index += 10) {
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, step) => {
          const workspace = `team-${String(index + step).padStart(3, '0')}`;
          return page.request.post(`${own.url}/v1/rate-cards`, {
            headers,
            data: {
              name: `discount of ${workspace}`,
              workspace,
              currency: 'USD',
              valid_from: from,
              prices: { kafka_ingress_bytes: { per: '1073741824', unit_price: '0.08' } },
            },
          });
        }),
      );
      expect(answers.map((answer) => answer.status())).toEqual(answers.map(() => 201));
    }
    await open(`${APP}/rates`);
    await expect(page.getByText('rate cards 1–25 of 501')).toBeVisible();
    await page.getByRole('button', { name: '21', exact: true }).click();
    await expect(page.getByText('rate cards 501–501 of 501')).toBeVisible();
    await page.getByRole('radio', { name: 'List' }).check({ force: true });
    await expect(page.getByText('versions 1–25 of 501')).toBeVisible();
    await expect(page.locator('tbody tr')).toHaveCount(25);
    await expectNoSidewaysScroll(page);
    await page.getByLabel('Search rate cards').fill('team-123');
    await expect(page.getByText('1 version', { exact: true })).toBeVisible();
    await expect(page.getByRole('row').filter({ hasText: 'discount of team-123' })).toContainText('0.08 USD per GB');
    await expectAccessible(page);
  });

  test('what nobody owns is leafed through and searched', async ({ page, open }) => {
    await open(`${APP}/sources?tab=ownership&period=${MONTH}`, { theme: 'light' });
    const unmatched = page.getByRole('region', { name: 'Unmatched resources' });
    await expect(page.getByText('Resources 1–10 of 50')).toBeVisible();
    const unallocated = report.lines.find(({ workspace }) => workspace === '');
    await expect(
      page.getByText(/^50 resources without a workspace/).getByTitle(`${unallocated?.total_cost} USD`),
    ).toBeVisible();
    await page.getByRole('button', { name: '5', exact: true }).click();
    await expect(page.getByText('Resources 41–50 of 50')).toBeVisible();
    await expect(unmatched.locator('tbody tr')).toHaveCount(10);
    await page.getByLabel('Search unmatched resources').fill('topic-4999');
    await expect(page.getByText('Resources 1–1 of 1')).toBeVisible();
    await expect(unmatched).toContainText('topic-4999');
    await expectAccessible(page);
  });

  test('pages with much on them are accessible', async ({ page, open }) => {
    await open(CHARGEBACK, { theme: 'light' });
    await expect(rows(page)).toHaveCount(25);
    await expect(page.getByRole('region', { name: 'Cost by day' }).getByRole('list').first()).toBeVisible();
    await expectAccessible(page);
    await open(`${APP}/workspaces/team-000?period=${MONTH}&tab=topic`, { theme: 'dark' });
    await expect(page.getByRole('table', { name: 'Chargeback by topic' }).locator('tbody tr').first()).toBeVisible();
    await expectAccessible(page);
    expect(page.url()).toContain(url);
  });
});
