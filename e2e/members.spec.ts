import { readFile } from 'node:fs/promises';
import { monthFrom, usageMonth } from './environment/known-usage';
import { APP, environment, expect, PROXY, test } from './journey';
import { everythingShown, listen, OF_OTHERS } from './what-is-told';
import { WHICHEVER } from './whichever';

const MONTH = usageMonth();
const NEXT_MONTH = monthFrom(new Date(), 1);
const PAGE = `${APP}/chargeback?period=${MONTH}`;

/** What the workspace payments owes, worked out by hand: checkout 1.265 and one GB of invoices. */
const OWED = '1.365';

const card = (name: string, workspace: string) => ({
  name,
  workspace,
  currency: 'USD',
  valid_from: `${NEXT_MONTH}-01`,
  prices: { kafka_requests: { per: '1000', unit_price: '1' } },
});

test.describe('a member of one workspace', () => {
  const made: number[] = [];
  const { collector, key } = environment();
  const headers = { authorization: `Bearer ${key}` };

  test.beforeAll(async ({ request }) => {
    for (const data of [card('discount of others', 'analytics'), card('own discount', 'payments')]) {
      const answer = await request.post(`${collector}/v1/rate-cards`, { headers, data });
      expect(answer.status(), await answer.text()).toBe(201);
      made.push(((await answer.json()) as { id: number }).id);
    }
  });
  test.afterAll(async ({ request }) => {
    for (const id of made) {
      await request.delete(`${collector}/v1/rate-cards/${id}`, { headers: { ...headers, ...WHICHEVER } });
    }
  });

  test('lands on their own costs, which are those of the API', async ({ page, open, request }) => {
    const answers = listen(page);
    await open(PAGE, { user: 'member' });
    await expect(page.getByTestId('summary-total').getByTitle(`${OWED} USD`)).toHaveText('1.37 USD');
    const table = page.getByRole('table', { name: 'Chargeback by application' });
    await expect(table.locator('tbody tr')).toHaveCount(2);
    await expect(table.getByRole('row').filter({ hasText: 'Total of all 2 lines' })).toContainText('1.37');
    await expect(page.getByText('What your applications used, and what they cost.')).toBeVisible();
    // There is nothing to choose from, nothing of all workspaces to mend.
    await expect(page.getByRole('combobox', { name: 'Workspace' })).toHaveCount(0);
    await expect(page.getByText(/has no price|belongs to no workspace/)).toHaveCount(0);

    const answer = await request.get(`${collector}/v1/chargeback?period=${MONTH}&workspace=payments`, { headers });
    const { totals } = (await answer.json()) as { totals: { total_cost: string } };
    expect(totals.total_cost).toBe(OWED);
    expect(answers.length).toBeGreaterThan(2);
    expect([...answers, await everythingShown(page)].join('\n')).not.toMatch(OF_OTHERS);
  });

  test('reads nothing of others on any page', async ({ page, open }) => {
    const answers = listen(page);
    const seen: string[] = [];
    const look = async () => seen.push(await everythingShown(page));

    await open(`${APP}/workspaces/payments?period=${MONTH}`, { user: 'member' });
    await expect(page.getByTestId('summary-total')).toContainText('1.37 USD');
    await look();
    for (const [tab, theirs] of [
      ['Topics', 'checkout.orders'],
      ['Principals', 'sa-1'],
      ['Prices', '0.10 USD per GB'],
    ] as const) {
      await page.getByRole('tab', { name: tab }).click();
      await expect(page.getByRole('table').filter({ hasText: theirs })).toBeVisible();
      await look();
    }

    await open(`${APP}/rates`, { user: 'member' });
    await expect(page.getByText('own discount').first()).toBeVisible();
    await expect(page.getByText('2 rate cards')).toBeVisible();
    await look();
    await open(`${APP}/rates?show=history`, { user: 'member' });
    await expect(page.getByText('own discount').first()).toBeVisible();
    await look();
    await open(`${APP}/rates?card=${made[0]}`, { user: 'member' });
    await expect(page.getByText('There is no such rate card')).toBeVisible();
    await look();

    await open(`${APP}/sources?tab=ownership`, { user: 'member' });
    await expect(page.getByRole('list', { name: 'Rules in their order' }).getByRole('listitem')).toHaveCount(2);
    await expect(
      page.getByRole('button', { name: /Assign owner|Add a rule|Edit rule|Delete rule|Move rule/ }),
    ).toHaveCount(0);
    await expect(page.getByText('Without an owner')).toHaveCount(0);
    await look();
    await open(`${APP}/sources?tab=collection`, { user: 'member' });
    await expect(page.getByRole('table', { name: 'Meters and how far they are collected' })).toBeVisible();
    await expect(page.getByRole('grid')).toBeVisible();
    await expect(page.getByText('Only administrators can ask for hours to be collected again.')).toBeVisible();
    await expect(page.getByRole('button', { name: /Collect|Fill the gap/ })).toHaveCount(0);
    await look();

    expect(answers.length).toBeGreaterThan(10);
    expect([...answers, ...seen].join('\n')).not.toMatch(OF_OTHERS);
  });

  test('is refused a workspace that is not theirs as one that does not exist', async ({ page, open }) => {
    const refusals: string[] = [];
    const answers: string[][] = [];
    for (const workspace of ['analytics', 'nosuchone']) {
      const told = listen(page);
      await open(`${APP}/workspaces/${workspace}?period=${MONTH}`, { user: 'member' });
      const refusal = page.getByRole('alert').filter({ hasText: `You do not see the costs of ${workspace}` });
      await expect(refusal).toContainText('Costs are shown to the members of a workspace');
      await expect(page.getByTestId('summary-total')).toHaveCount(0);
      await expect(page.getByRole('button', { name: 'Download CSV' })).toBeDisabled();
      refusals.push((await page.getByRole('main').innerText()).replaceAll(workspace, 'THE WORKSPACE'));
      answers.push([...new Set(told)].sort());
      page.removeAllListeners('response');
    }
    expect(refusals[0]).toBe(refusals[1]);
    expect(answers[0]).toEqual(answers[1]);

    await page.getByRole('link', { name: 'Go to your costs' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Chargeback' })).toBeVisible();
  });

  test('gets a file with their own lines only', async ({ page, open }) => {
    await open(PAGE, { user: 'member' });
    await expect(page.getByTestId('summary-total')).toBeVisible();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download CSV' }).click();
    const text = await readFile(await (await downloading).path(), 'utf8');
    const lines = text.trim().split(/\r?\n/);
    expect(lines.slice(1, -1).map((line) => line.split(',').slice(0, 2))).toEqual([
      ['payments', 'checkout'],
      ['payments', 'invoices'],
    ]);
    expect(lines.at(-1)?.split(',')[10]).toBe(OWED);
    expect(text).not.toMatch(OF_OTHERS);
    const foreign = await page.request.get(
      `${environment().url}${PROXY}/v1/chargeback.csv?period=${MONTH}&workspace=analytics`,
    );
    expect(foreign.status()).toBe(403);
  });

  test('opens the reasons of their own amounts down to the readings', async ({ page, open }) => {
    const answers = listen(page);
    await open(PAGE, { user: 'member' });
    await page
      .getByRole('row')
      .filter({ hasText: 'checkout' })
      .getByRole('button', { name: /^Why this amount/ })
      .click();
    const drawer = page.getByRole('dialog', { name: /Why this amount/ });
    await drawer.getByRole('link', { name: 'Kafka ingress bytes' }).click();
    await drawer.getByRole('link', { name: /10 / }).first().click();
    await drawer.getByRole('link', { name: /10:00/ }).first().click();
    await expect(drawer.getByText('vc-payments').first()).toBeVisible();
    expect([...answers, await everythingShown(page)].join('\n')).not.toMatch(OF_OTHERS);
  });

  for (const [how, parameters] of [
    ['a filter for their workspace', 'workspace=analytics'],
    ['filters for their cluster and topic', 'cluster=vc-analytics&topic=report-01.rows'],
    ['what belongs to nobody', 'workspace='],
    ['the search', 'search=report'],
    ['an explanation of their line', `why=${encodeURIComponent('workspace=analytics&application=report-01')}`],
    [
      'an explanation opened to the hour',
      `why=${encodeURIComponent('workspace=analytics&application=report-01')}&why_meter=kafka_ingress_bytes&why_day=${MONTH}-10&why_hour=${MONTH}-10T10:00:00.000Z`,
    ],
  ] as const) {
    test(`sees nothing of others by ${how} in the address`, async ({ page, open }) => {
      const answers = listen(page);
      await open(`${PAGE}&${parameters}`, { user: 'member' });
      await expect(
        page
          .getByText(
            /Nothing was used by what you filter for|Nothing matches|is not for your role|Total of all 2 lines/,
          )
          .first(),
      ).toBeVisible();
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      expect(answers.length).toBeGreaterThan(0);
      expect(answers.join('\n')).not.toMatch(OF_OTHERS);
      await expect(page.getByText(/1\.17|4\.54|6\.11/)).toHaveCount(0);
    });
  }
});
