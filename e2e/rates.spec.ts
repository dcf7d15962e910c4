import type { Page } from '@playwright/test';
import { startClosedLedger } from './environment/closed-ledger';
import { monthFrom, usageMonth } from './environment/known-usage';
import { APP, environment, expect, expectAccessible, PROXY, test, THEMES } from './journey';
import { WHICHEVER } from './whichever';

const MONTH = usageMonth();
const PAGE = `${APP}/rates`;
const CARD = /^kafka, Every workspace/;

interface StoredCard {
  id: number;
  version: number;
}

/** Takes away what a journey left behind, so that each begins with the one card of the set-up. */
async function removeCards(page: Page): Promise<void> {
  const { collector, key } = environment();
  const headers = { authorization: `Bearer ${key}` };
  const { data } = (await (await page.request.get(`${collector}/v1/rate-cards`, { headers })).json()) as {
    data: Array<{ id: number; name: string }>;
  };
  for (const { id } of data.filter(({ name }) => name !== 'kafka')) {
    await page.request.delete(`${collector}/v1/rate-cards/${id}`, { headers: { ...headers, ...WHICHEVER } });
  }
}

/** A card of requests, made by the user whose page this is. */
async function postCard(page: Page, card: object = {}): Promise<StoredCard> {
  const answer = await page.request.post(`${environment().url}${PROXY}/v1/rate-cards`, {
    data: {
      name: 'short-lived',
      valid_from: `${MONTH}-20`,
      prices: { kafka_requests: { per: '1000', unit_price: '1' } },
      ...card,
    },
  });
  expect(answer.status(), await answer.text()).toBeLessThan(300);
  return (await answer.json()) as StoredCard;
}

async function fillCard(page: Page, meter: string, price: string): Promise<void> {
  await page.getByLabel('Name').fill('dearer');
  await page.getByLabel('Valid from').fill(`${MONTH}-10`);
  await page.getByText(meter, { exact: true }).click();
  await page.getByLabel('Price *').fill(price);
}

const bill = (page: Page, workspace: string) =>
  page.getByRole('table', { name: 'Effect on bills' }).getByRole('row').filter({ hasText: workspace });

test.describe('rate cards', () => {
  test.afterEach(({ page }) => removeCards(page));

  test('an administrator raises a price, sees what is wrong and who pays more, and saves', async ({ page, open }) => {
    await open(PAGE);
    await page.getByRole('button', { name: 'New rate card' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('3 things are not right yet')).toBeVisible();

    await fillCard(page, 'Kafka ingress bytes', '-0.20');
    await page.getByLabel('Notes').fill('twice the price');
    await expect(page.getByText('must not be negative').first()).toBeVisible();
    await page.getByLabel('Price *').fill('0.20');
    await expect(page.getByText('must not be negative')).toHaveCount(0);

    await page.getByRole('button', { name: 'Save' }).click();
    await expect(bill(page, 'analytics')).toContainText(/4\.54.*9\.08.*\+4\.54.*\+100 %/);
    // Its messages and egress are part of the bill and do not change: 1.365 becomes 2.465.
    await expect(bill(page, 'payments')).toContainText(/1\.37.*2\.47.*\+1\.10/);
    await expect(bill(page, 'Unallocated')).toContainText(/0\.20.*0\.40.*\+0\.20/);
    await expect(bill(page, 'Total')).toContainText(/6\.11.*11\.95.*\+5\.84/);
    await page.getByRole('radio', { name: 'By charge type' }).check({ force: true });
    await expect(
      page.getByRole('table', { name: 'Effect by charge type' }).getByRole('row').filter({ hasText: 'payments' }),
    ).toContainText(/Kafka ingress bytes.*1\.10.*2\.20.*\+1\.10/);

    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save, 2 bills change by more than 10 %' }).click();
    await expect(page.getByText('dearer is saved and in the figures.')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'dearer', exact: true })).toBeVisible();
    const prices = page.getByRole('table', { name: 'Prices of dearer' });
    await expect(prices.getByRole('row').filter({ hasText: 'Kafka ingress bytes' })).toContainText(
      /0\.20 USD per GB.*1 GB = 1,073,741,824 bytes/,
    );
    await expect(page.getByRole('table', { name: 'Changes, newest first' })).toContainText('twice the price');

    await page.getByRole('button', { name: 'All rate cards' }).click();
    await expect(page.getByRole('link', { name: /^dearer, Every workspace: from .*, in force$/ })).toBeVisible();
    await expect(page.getByRole('link', { name: CARD })).toHaveAccessibleName(/partly in force$/);

    await open(`${APP}/chargeback?period=${MONTH}`);
    await expect(page.getByTestId('summary-total')).toContainText('11.95');
  });

  test('a small change is saved at once', async ({ page, open }) => {
    await open(`${PAGE}?card=new`);
    await fillCard(page, 'Kafka egress bytes', '0.055');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('dearer is saved and in the figures.')).toBeVisible();
  });

  test('a preview changes nothing, and another change asks for another preview', async ({ page, open }) => {
    await open(`${PAGE}?card=new`);
    await fillCard(page, 'Kafka egress bytes', '1');
    await page.getByRole('button', { name: 'Preview the effect' }).click();
    await expect(bill(page, 'payments')).toContainText('+4.75');
    await page.getByLabel('Price *').fill('2');
    await expect(page.getByRole('table', { name: 'Effect on bills' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(bill(page, 'payments')).toContainText('+9.75');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Leave without saving' }).click();
    await expect(page.getByRole('link', { name: CARD })).toBeVisible();
    await expect(page.getByRole('link', { name: /^dearer/ })).toHaveCount(0);
  });

  test('what is included a month is typed and shown as that, for one workspace', async ({ page, open }) => {
    await open(`${PAGE}?card=new`);
    await page.getByLabel('Name').fill('tiers');
    await page.getByLabel('Valid from').fill(`${MONTH}-10`);
    await page.getByRole('combobox', { name: /^For/ }).click();
    await page.getByRole('option', { name: 'payments' }).click();
    await page.getByText('Kafka ingress bytes', { exact: true }).click();
    await page.getByLabel('Included per month').fill('10');
    await expect(page.getByText('10,737,418,240 bytes free for each workspace')).toBeVisible();
    await page.getByLabel('Price *').fill('0.30');
    await page.getByRole('radio', { name: 'Tiers' }).check({ force: true });
    await expect(page.getByLabel('Tier 1: price')).toHaveValue('0.30');
    await page.getByRole('button', { name: 'Add a tier' }).click();
    await page.getByLabel('Tier 2: month to date from').fill('5');
    await page.getByLabel('Tier 2: price').fill('0.20');
    await expect(page.getByText(/must be greater than 10737418240/).first()).toBeVisible();
    await page.getByLabel('Tier 2: month to date from').fill('100');
    await page.getByRole('button', { name: 'Preview the effect' }).click();
    // 11 GB: ten are free, one costs 0.30 instead of 1.10 for all.
    await expect(bill(page, 'payments')).toContainText('-0.80');
    await page.getByRole('button', { name: /^Save/ }).click();
    const price = page.getByRole('table', { name: 'Prices of tiers' });
    await expect(price).toContainText('10 GB a month included');
    await expect(price).toContainText('up to 100 GB a month: 0.30 USD per GB');
    await page.getByRole('button', { name: 'Edit' }).click();
    await expect(page.getByLabel('Included per month')).toHaveValue('10');
    await expect(page.getByLabel('Tier 2: price')).toHaveValue('0.2');
    await expect(page.getByLabel('Valid from')).toHaveValue(`${MONTH}-10`);
    // Nothing was typed: nothing holds anybody back.
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(price).toBeVisible();
  });

  test('two administrators who edit one card do not overwrite each other', async ({ page, open }) => {
    await open(PAGE);
    const { id, version } = await postCard(page);
    await open(`${PAGE}?card=edit-${id}`);
    await page.getByLabel('Notes').fill('mine');
    const other = await page.request.put(`${environment().url}${PROXY}/v1/rate-cards/${id}`, {
      headers: { 'if-match': `"${version}"` },
      data: {
        name: 'short-lived',
        valid_from: `${MONTH}-20`,
        notes: 'theirs',
        prices: { kafka_requests: { per: '1000', unit_price: '2' } },
      },
    });
    expect(other.ok(), await other.text()).toBe(true);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('short-lived was changed while you were editing it')).toBeVisible();
    await expect(page.getByText(/^admin changed it on .* \(UTC\)\. Nothing of yours was saved/)).toBeVisible();
    const differing = page.getByRole('table', { name: 'What differs in short-lived' });
    await expect(differing.getByRole('row').filter({ hasText: 'Notes' })).toContainText(/nothing.*theirs.*mine/);
    await expect(differing.getByRole('row').filter({ hasText: 'Kafka requests' })).toContainText(
      /1\.00 USD per thousand requests.*2\.00 USD per thousand requests.*1\.00 USD/,
    );
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Load the card as it is now' }).click();
    await expect(page.getByLabel('Notes')).toHaveValue('theirs');
    await expect(page.getByText('What you typed before is not in the card')).toBeVisible();
    await expect(differing).toContainText('mine');
    await page.getByLabel('Notes').fill('theirs, and mine');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('short-lived is saved and in the figures.')).toBeVisible();
    await expect(page.getByRole('table', { name: 'Changes, newest first' }).locator('tbody').first()).toContainText(
      /admin.*changed the rate card short-lived.*Notes.*theirs.*theirs, and mine/,
    );
  });

  test('a card that somebody deletes meanwhile can become a new one', async ({ page, open }) => {
    await open(PAGE);
    const { id } = await postCard(page);
    await open(`${PAGE}?card=edit-${id}`);
    await page.getByLabel('Notes').fill('mine');
    await page.request.delete(`${environment().url}${PROXY}/v1/rate-cards/${id}`, { headers: WHICHEVER });
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('short-lived was deleted while you were editing it')).toBeVisible();
    await page.getByRole('button', { name: 'Make it a new card' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('short-lived is saved and in the figures.')).toBeVisible();
  });

  test('a card is deleted only after a question, and not when somebody changed it meanwhile', async ({
    page,
    open,
  }) => {
    await open(PAGE);
    const { id, version } = await postCard(page);
    await open(`${PAGE}?card=${id}`);
    await page.getByRole('button', { name: 'Delete' }).click();
    const question = page.getByRole('dialog');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('heading', { name: 'short-lived', exact: true })).toBeVisible();

    await page.request.put(`${environment().url}${PROXY}/v1/rate-cards/${id}`, {
      headers: { 'if-match': `"${version}"` },
      data: {
        name: 'short-lived',
        valid_from: `${MONTH}-20`,
        prices: { kafka_requests: { per: '1000', unit_price: '2' } },
      },
    });
    await page.getByRole('button', { name: 'Delete' }).click();
    await question.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(question).toContainText('admin changed the rate card');
    await expect(question.getByLabel('What was changed')).toContainText(
      /Prices kafka requests.*unit_price: 1.*unit_price: 2/,
    );
    await question.getByRole('button', { name: 'Cancel' }).click();

    await page.reload();
    await page.getByRole('button', { name: 'Delete' }).click();
    await question.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByText('short-lived is deleted.')).toBeVisible();
    await expect(page.getByRole('link', { name: CARD })).toBeVisible();
    await expect(page.getByRole('link', { name: /^short-lived/ })).toHaveCount(0);
  });

  test('what is typed and not saved is not lost by a click, nor by closing the page', async ({ page, open }) => {
    await open(PAGE);
    await page.getByRole('button', { name: 'New rate card' }).click();
    await page.getByLabel('Name').fill('dearer');
    await page.goBack();
    await page.getByRole('button', { name: 'Stay here' }).click();
    await expect(page.getByLabel('Name')).toHaveValue('dearer');
    const asked = page.waitForEvent('dialog');
    await page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    await expect(page.getByLabel('Name')).toHaveValue('dearer');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Leave without saving' }).click();
    await expect(page.getByRole('link', { name: CARD })).toBeVisible();
  });

  test('a card that meets another one is refused in words, at its field', async ({ page, open }) => {
    await open(`${PAGE}?card=new`);
    await fillCard(page, 'Kafka ingress bytes', '1');
    await page.getByLabel('Valid from').fill(`${MONTH}-01`);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText(/the rate card "kafka" prices this meter from the same moment/).first()).toBeVisible();
    await expect(page.getByRole('group', { name: /^Kafka ingress bytes/ })).toContainText(
      'prices this meter from the same',
    );
  });

  test('a version is copied into the next month, and stands on the timeline as future', async ({ page, open }) => {
    await open(PAGE);
    await page.getByRole('link', { name: CARD }).click();
    await page.getByRole('button', { name: 'New version' }).click();
    await expect(page.getByLabel('Price *').first()).toHaveValue('0.05');
    await page.getByRole('button', { name: 'Next month' }).click();
    await page.getByLabel('Name').fill('kafka next');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('kafka next is saved and in the figures.')).toBeVisible();
    await page.getByRole('button', { name: 'All rate cards' }).click();
    const first = `${monthFrom(new Date(), 1)}-01`;
    await expect(
      page.getByRole('link', { name: `kafka next, Every workspace: from ${first} on, future` }),
    ).toBeVisible();
    await expect(page.getByRole('link', { name: CARD })).toHaveAccessibleName(
      `kafka, Every workspace: from ${MONTH}-01 until ${first}, in force`,
    );
  });

  test('one of many agreements is found by its workspace, and the search is part of the address', async ({
    page,
    open,
  }) => {
    await open(PAGE);
    for (let index = 1; index <= 30; index += 1) {
      const workspace = `team-${String(index).padStart(2, '0')}`;
      await postCard(page, { name: 'agreement', workspace, valid_from: `${MONTH}-01` });
    }
    await open(PAGE);
    await expect(page.getByText('rate cards 1–25 of 31')).toBeVisible();
    await page
      .getByRole('button', { name: 'Go to page 2' })
      .or(page.getByRole('button', { name: '2', exact: true }))
      .click();
    await expect(page.getByText('rate cards 26–31 of 31')).toBeVisible();
    await page.getByLabel('Search rate cards').fill('TEAM-17');
    await expect(page.getByText('1 rate card', { exact: true })).toBeVisible();
    await expect(page).toHaveURL(/search=TEAM-17/);
    await page.reload();
    await page.getByRole('link', { name: /^agreement, team-17/ }).click();
    await page.getByRole('button', { name: 'All rate cards' }).click();
    await expect(page.getByText('1 rate card', { exact: true })).toBeVisible();
    await page.getByLabel('Search rate cards').fill('nobody');
    await expect(page.getByText('No rate card is like that')).toBeVisible();
  });

  test('a viewer reads prices, versions and history, and is told who can change them', async ({ page, open }) => {
    await open(`${PAGE}?show=list`, { user: 'viewer' });
    await expect(page.getByRole('row').filter({ hasText: 'agreed with finance' })).toContainText('0.10 USD per GB');
    await expect(page.getByText('Only administrators can change rate cards')).toBeVisible();
    await page.getByRole('link', { name: 'kafka', exact: true }).click();
    await expect(page.getByRole('table', { name: 'Changes, newest first' })).toBeVisible();
    await expect(page.getByRole('button', { name: /New rate card|New version|Edit|Delete/ })).toHaveCount(0);
    await open(`${PAGE}?card=new`, { user: 'viewer' });
    await expect(page.getByText('Only administrators can change rate cards').first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0);
    const forbidden = await page.request.post(`${environment().url}${PROXY}/v1/rate-cards`, { data: {} });
    expect(forbidden.status()).toBe(403);
  });

  test('a member sees general prices, and neither those of another workspace nor their history', async ({
    page,
    open,
  }) => {
    await open(PAGE);
    await postCard(page, { name: 'deal', workspace: 'analytics' });
    await open(PAGE, { user: 'member' });
    await expect(page.getByRole('link', { name: CARD })).toBeVisible();
    await expect(page.getByRole('link', { name: /^deal/ })).toHaveCount(0);
    await page.getByRole('radio', { name: 'History' }).check({ force: true });
    await expect(
      page.getByRole('table', { name: 'Changes, newest first' }).or(page.getByText('Nothing was changed yet')),
    ).toBeVisible();
    await expect(page.getByText('deal', { exact: true })).toHaveCount(0);
  });

  test('the configuration has the same list and editor', async ({ page, open }) => {
    await open('/plugins/finops-chargeback-app?page=rate-cards');
    await page.getByRole('link', { name: CARD }).click();
    await page.getByRole('button', { name: 'Edit' }).click();
    await expect(page.getByLabel('Name')).toHaveValue('kafka');
    expect(new URL(page.url()).searchParams.get('page')).toBe('rate-cards');
  });

  for (const theme of THEMES) {
    test(`timeline, list, version and editor are accessible in the ${theme} theme`, async ({ page, open }) => {
      await open(PAGE, { theme });
      await postCard(page);
      await open(PAGE, { theme });
      await expect(page.getByRole('link', { name: CARD })).toBeVisible();
      await expectAccessible(page);
      await page.getByRole('radio', { name: 'List' }).check({ force: true });
      await expect(page.getByRole('table', { name: 'Versions of rate cards' })).toBeVisible();
      await expectAccessible(page);
      await page.getByRole('link', { name: 'kafka', exact: true }).click();
      await expect(page.getByRole('table', { name: 'Changes, newest first' })).toBeVisible();
      await expectAccessible(page);
      await open(`${PAGE}?card=new`, { theme });
      await page.getByText('Kafka ingress bytes', { exact: true }).click();
      await page.getByRole('radio', { name: 'Tiers' }).check({ force: true });
      await page.getByRole('button', { name: 'Preview the effect' }).click();
      await expect(page.getByText(/things are not right yet/)).toBeVisible();
      await expectAccessible(page);
    });
  }
});

test.describe('rate cards of closed months', () => {
  let stop: (() => Promise<void>) | undefined;
  const connect = (page: Page, collectorUrl: string) =>
    page.request.post(`${environment().url}/api/plugins/finops-chargeback-app/settings`, {
      data: {
        enabled: true,
        pinned: true,
        jsonData: { collectorUrl },
        secureJsonData: { collectorKey: environment().key },
      },
    });
  test.afterEach(async ({ page, open }) => {
    await open(PAGE);
    await connect(page, environment().collector);
    await stop?.();
  });

  test('stay as they are, and a new version from the first open hour is prepared instead', async ({ page, open }) => {
    const closed = await startClosedLedger(environment().variables);
    stop = closed.stop;
    await open(PAGE);
    await connect(page, closed.url);
    const firstOpen = `${monthFrom(new Date(), 0)}-01`;
    await open(PAGE);
    await expect(page.getByText(`closed until ${firstOpen}`)).toBeVisible();
    await page.getByRole('link', { name: CARD }).click();
    await expect(page.getByText(`It has priced closed months, until ${firstOpen}, and stays as it is`)).toBeVisible();
    await expect(page.getByRole('button', { name: /^(Edit|Delete)/ })).toHaveCount(0);
    await expectAccessible(page);
    await page.getByRole('button', { name: `New version from ${firstOpen}` }).click();
    await expect(page.getByLabel('Valid from')).toHaveValue(firstOpen);
    await expect(page.getByLabel('Price *').first()).toHaveValue('0.05');

    await page.getByLabel('Valid from').fill(`${MONTH}-15`);
    await expect(page.getByText(`lies in a closed month; the earliest possible is ${firstOpen}`)).toBeVisible();
    await page.getByRole('button', { name: 'First open hour' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('kafka is saved and in the figures.')).toBeVisible();
  });
});
