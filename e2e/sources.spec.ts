import type { Page } from '@playwright/test';
import { usageHour, usageMonth } from './environment/known-usage';
import { startOwnCollector } from './environment/own-collector';
import { APP, environment, expect, expectAccessible, PROXY, test, THEMES } from './journey';
import { WHICHEVER } from './whichever';

const MONTH = usageMonth();
const OWNERSHIP = `${APP}/sources?tab=ownership&period=${MONTH}`;
const COLLECTION = `${APP}/sources?tab=collection&period=${MONTH}`;

interface Directory {
  version: number;
  rules: Array<{ match: Record<string, string>; set: Record<string, string> }>;
}

const authorization = () => ({ authorization: `Bearer ${environment().key}` });

async function directory(page: Page): Promise<Directory> {
  const answer = await page.request.get(`${environment().collector}/v1/directory`, { headers: authorization() });
  return (await answer.json()) as Directory;
}

async function unallocated(page: Page): Promise<string> {
  const { collector } = environment();
  const answer = await page.request.get(`${collector}/v1/chargeback/summary?period=${MONTH}`, {
    headers: authorization(),
  });
  const { unallocated: nobodys } = (await answer.json()) as { unallocated: { cost: string } };
  return nobodys.cost;
}

/** Chooses or types a value in a field of the rule that is being written. */
async function fill(page: Page, label: string, value: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).fill(value);
  await page.getByRole('option', { name: value }).first().click();
}

const rules = (page: Page) => page.getByRole('list', { name: 'Rules in their order' }).getByRole('listitem');
const bar = (page: Page) => page.getByRole('region', { name: 'Draft of the directory' });

test.describe('ownership', () => {
  let before: Directory['rules'];
  test.beforeEach(async ({ page }) => {
    before = (await directory(page)).rules;
  });
  test.afterEach(async ({ page }) => {
    const { collector } = environment();
    const put = await page.request.put(`${collector}/v1/directory`, {
      headers: { ...authorization(), ...WHICHEVER },
      data: { rules: before },
    });
    expect(put.ok(), await put.text()).toBe(true);
  });

  test('an administrator assigns the costliest resource that nobody owns, and the money moves', async ({
    page,
    open,
  }) => {
    expect(await unallocated(page)).toBe('0.2');
    await open(OWNERSHIP);
    const stray = page
      .getByRole('table', { name: /^Unmatched resources/ })
      .getByRole('row')
      .filter({ hasText: 'stray' });
    await expect(stray).toContainText('0.20 USD');
    await stray.getByRole('button', { name: 'Assign owner' }).click();

    const drawer = page.getByRole('dialog');
    await drawer.getByRole('button', { name: 'Put into the draft' }).click();
    await expect(drawer.getByText('needs a value, or leave the field out')).toBeVisible();
    await fill(page, 'Set: Workspace', 'payments');
    await expect(drawer.getByText('1 resource, decides all')).toBeVisible();
    await expect(drawer.getByText('0.20 USD')).toBeVisible();
    await drawer.getByRole('button', { name: 'Put into the draft' }).click();

    await expect(bar(page)).toContainText('1 rule added');
    await expect(bar(page).getByRole('button', { name: /Save|Look at the effect/ })).toBeDisabled();
    await bar(page).getByRole('button', { name: 'Preview the effect' }).click();
    const effect = page.getByRole('table', { name: 'Effect of the draft by workspace' });
    await expect(effect.getByRole('row').filter({ hasText: 'payments' })).toContainText('+0.20');
    await expect(effect.getByRole('row').filter({ hasText: 'Unallocated' })).toContainText(/0\.20.*0\.00.*-0\.20/);
    await expect(page.getByText(/now 1 resource, 0\.20 USD; with the draft 0 resources/)).toBeVisible();
    expect(await unallocated(page)).toBe('0.2');

    await bar(page).getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('The directory is saved: 1 resource changed owner.')).toBeVisible();
    await expect(page.getByText(/^Nothing without an owner was used in/)).toBeVisible();
    expect(await unallocated(page)).toBe('0');
    await expect(bar(page)).toHaveCount(0);
    await expect(rules(page).last()).toContainText('stray');
    await expect(rules(page).last()).toContainText('1 resource, decides all');
  });

  test('two administrators who change the directory at once do not overwrite each other', async ({ page, open }) => {
    const { url } = environment();
    await open(OWNERSHIP);
    await page.getByRole('button', { name: 'Delete rule 3', exact: false }).click();
    await bar(page).getByRole('button', { name: 'Preview the effect' }).click();
    await expect(page.getByRole('heading', { name: 'What the draft would change in open months' })).toBeVisible();

    const theirs = { match: { topic: 'stray' }, set: { workspace: 'theirs' } };
    const put = await page.request.put(`${url}${PROXY}/v1/directory`, {
      headers: WHICHEVER,
      data: { rules: [theirs, ...before] },
    });
    expect(put.ok(), await put.text()).toBe(true);
    await bar(page).getByRole('button', { name: 'Save' }).click();
    const told = page.getByRole('alert').filter({ hasText: 'Your draft is kept' });
    await expect(told).toContainText('admin changed the directory');
    await expect(told.getByLabel('What was changed')).toContainText('1. topic stray → workspace theirs');
    await expect(rules(page)).toHaveCount(before.length - 1);

    await told.getByRole('button', { name: 'Put my changes onto theirs' }).click();
    await expect(rules(page)).toHaveCount(before.length);
    await expect(rules(page).first()).toContainText('theirs');
    await bar(page).getByRole('button', { name: 'Preview the effect' }).click();
    await bar(page).getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText(/^The directory is saved/)).toBeVisible();
    expect((await directory(page)).rules).toEqual([theirs, ...before.slice(0, -1)]);
  });

  test('rules are put in another order with the keyboard alone, step by step or by number', async ({ page, open }) => {
    await open(OWNERSHIP);
    await expect(rules(page).nth(2)).toContainText('3 resources, decides 1');
    await page.getByRole('button', { name: /^Move rule 3: Cluster vc-payments/ }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowUp');
    await page.waitForTimeout(400);
    await page.keyboard.press('Space');
    await expect(bar(page)).toContainText('order changed');
    await expect(page.getByRole('button', { name: /^Move rule 2: Cluster vc-payments/ })).toBeFocused();

    const place = page.getByRole('textbox', { name: /^Place of rule 2: Cluster vc-payments/ });
    await place.fill('4');
    await expect(place).toHaveAttribute('aria-invalid', 'true');
    await place.fill('1');
    await place.press('Enter');
    await expect(page.getByRole('textbox', { name: /^Place of rule 1: Cluster vc-payments/ })).toBeFocused();
    await expect(page.getByText('The rule was moved from place 2 to place 1 of 3.')).toBeAttached();

    await bar(page).getByRole('button', { name: 'Undo' }).click();
    await expect(rules(page).nth(1)).toContainText(/Cluster vc-payments.*Workspace payments/);
    await bar(page).getByRole('button', { name: 'Discard' }).click();
    await expect(bar(page)).toHaveCount(0);
    await expect(page.getByRole('heading', { name: 'Rules' })).toBeFocused();
  });

  test('a draft is not lost by leaving without a word', async ({ page, open }) => {
    await open(OWNERSHIP);
    await page.getByRole('button', { name: /^Delete rule 1/ }).click();
    await page.getByRole('tab', { name: 'Collection' }).click();
    const question = page.getByRole('dialog', { name: 'Leave without saving?' });
    await question.getByRole('button', { name: 'Stay here' }).click();
    await expect(bar(page)).toContainText('1 rule deleted');
    await page.getByRole('tab', { name: 'Collection' }).click();
    await question.getByRole('button', { name: 'Throw it away' }).click();
    await expect(page.getByRole('heading', { name: 'Meters' })).toBeVisible();
    expect((await directory(page)).rules).toEqual(before);
  });

  test('a rule that the collector would refuse is told as it is typed', async ({ page, open }) => {
    await open(OWNERSHIP);
    await page.getByRole('button', { name: 'Add a rule' }).click();
    await fill(page, 'Match: Cluster', 'vc-x');
    await fill(page, 'Set: Workspace', '${2}');
    await expect(page.getByText("${2} has no glob: the rule's match has none")).toBeVisible();
    await page.getByRole('dialog').getByLabel('Valid from').fill('tomorrow');
    await expect(page.getByText(/^must be a day such as 2026-01-01/)).toBeVisible();
  });

  test('a viewer reads who owns what and changes nothing; a member reads the rules of their workspace', async ({
    page,
    open,
  }) => {
    const changing = page.getByRole('button', { name: /Assign owner|Add a rule|Edit rule|Delete rule|Move rule/ });
    await open(OWNERSHIP, { user: 'viewer' });
    await expect(rules(page)).toHaveCount(3);
    await expect(page.getByText('stray')).toBeVisible();
    await expect(changing).toHaveCount(0);
    await open(OWNERSHIP, { user: 'member' });
    await expect(rules(page)).toHaveCount(2);
    await expect(rules(page).last()).toContainText(/^2.*vc-payments.*decides/);
    await expect(page.getByText('These rules name your workspaces.')).toBeVisible();
    await expect(changing).toHaveCount(0);
    await expect(page.getByText(/stray|analytics/)).toHaveCount(0);
  });

  test('an editor splits what the workspace has among two applications, and cannot reach beyond it', async ({
    page,
    open,
  }) => {
    await open(OWNERSHIP, { user: 'editor' });
    await expect(rules(page)).toHaveCount(2);
    await expect(page.getByText('Without an owner')).toHaveCount(0);
    await expect(
      rules(page)
        .first()
        .getByRole('img', { name: /^Only this rule gives payments/ }),
    ).toBeVisible();
    await page.getByRole('button', { name: /^Add a rule for a part of rule 1/ }).click();

    const drawer = page.getByRole('dialog', { name: 'Add a rule for a part of rule 1' });
    await expect(drawer.getByRole('combobox', { name: 'Set: Workspace', exact: true })).toBeDisabled();
    await fill(page, 'Set: Application', 'billing');
    await fill(page, 'Match: Topic', '*');
    await expect(drawer.getByText(/^match: may match only what one of the group's rules matches/)).toBeVisible();
    await fill(page, 'Match: Topic', 'invoices.*');
    await expect(drawer.getByText('1 resource, decides all')).toBeVisible();
    await drawer.getByRole('button', { name: 'Put into the draft' }).click();
    await expect(page.getByRole('textbox', { name: /^Place of rule 1/ })).toBeVisible();
    await expect(bar(page)).toContainText('1 rule added');

    await bar(page).getByRole('button', { name: 'Preview the effect' }).click();
    const effect = page.getByRole('table', { name: 'Effect of the draft within workspaces' });
    await expect(effect.getByRole('row').filter({ hasText: 'billing' })).toContainText(/0\.00.*0\.10.*\+0\.10/);
    await expect(effect.getByRole('row').filter({ hasText: 'invoices' })).toContainText(/0\.10.*0\.00.*-0\.10/);
    await expect(page.getByText(/No workspace would pay more or less/)).toBeVisible();
    await bar(page).getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('The directory is saved: 1 resource changed owner.')).toBeVisible();
    const added = {
      match: { cluster: 'vc-payments', topic: 'invoices.*' },
      set: { workspace: 'payments', application: 'billing' },
    };
    expect((await directory(page)).rules).toEqual([added, ...before]);

    // What was added can be taken out again, what the workspace lives by cannot.
    await expect(page.getByRole('button', { name: /^Delete rule/ })).toHaveCount(1);
    await page.getByRole('button', { name: /^Delete rule 1/ }).click();
    await bar(page).getByRole('button', { name: 'Preview the effect' }).click();
    await bar(page).getByRole('button', { name: 'Save' }).click();
    // What was said of the first time may still stand there.
    await expect.poll(async () => (await directory(page)).rules).toEqual(before);
    await expect(rules(page)).toHaveCount(2);
  });

  test('what an editor may not change stands at the rule, and the draft is kept', async ({ page, open }) => {
    await open(OWNERSHIP, { user: 'editor' });
    await page.getByRole('button', { name: /^Edit rule 1/ }).click();
    const drawer = page.getByRole('dialog', { name: 'Edit rule 1' });
    await fill(page, 'Match: Topic', 'checkout.*');
    await drawer.getByRole('button', { name: 'Put into the draft' }).click();
    await bar(page).getByRole('button', { name: 'Preview the effect' }).click();
    await expect(rules(page).first()).toContainText(/must stay, or a rule of its group that matches as much/);
    await expect(bar(page)).toContainText('1 rule changed');
    await expect(page.getByText(/analytics/)).toHaveCount(0);
  });

  for (const theme of THEMES) {
    test(`nothing hinders people with disabilities, ${theme}`, async ({ page, open }) => {
      await open(OWNERSHIP, { theme });
      await expect(rules(page).last()).toContainText('3 resources, decides 1');
      await expectAccessible(page);
      await page.getByRole('button', { name: /^Edit rule 1/ }).click();
      await expect(page.getByRole('dialog')).toContainText('decides all');
      await expectAccessible(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('button', { name: /^Delete rule 2/ }).click();
      await bar(page).getByRole('button', { name: 'Preview the effect' }).click();
      await expect(page.getByRole('table', { name: 'Effect of the draft by workspace' })).toBeVisible();
      await expectAccessible(page);
    });

    test(`nothing hinders editors with disabilities, ${theme}`, async ({ page, open }) => {
      await open(OWNERSHIP, { theme, user: 'editor' });
      await expect(rules(page).last()).toContainText('decides');
      await expectAccessible(page);
      await page.getByRole('button', { name: /^Add a rule for a part of rule 1/ }).click();
      await expect(page.getByRole('dialog')).toContainText('is shown when it is complete');
      await expectAccessible(page);
    });
  }
});

test.describe('collection', () => {
  test('a missing hour is filled by a backfill whose progress survives a reload', async ({ page, open }) => {
    const env = environment();
    const own = await startOwnCollector(env, { prometheus: env.variables.PROMETHEUS_URL });
    try {
      await open(`${COLLECTION}&meter=kafka_ingress_bytes`);
      const at = new Date(usageHour());
      const cell = page
        .getByRole('grid', { name: /^Kafka ingress bytes in/ })
        .getByRole('row')
        .filter({ hasText: ` ${at.getUTCDate()} ` })
        .getByRole('gridcell')
        .nth(at.getUTCHours());
      await cell.focus();
      await expect(cell).toHaveAccessibleName(/10:00 to 11:00: missing$/);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowLeft');
      await expect(cell).toBeFocused();
      await page.getByRole('button', { name: 'Fill the gap', exact: true }).click();

      const backfill = page.getByRole('region', { name: 'Backfill' });
      await expect(backfill).toBeFocused();
      await expect(backfill).toContainText(`${MONTH}-10 10:00:00 to ${MONTH}-10 11:00:00`);
      await backfill.getByRole('button', { name: 'Collect these hours' }).click();
      const question = page.getByRole('dialog', { name: 'Collect these hours' });
      await expect(question).toContainText('1 hour of 1 meter');
      await question.getByRole('button', { name: 'Collect', exact: true }).click();
      await expect(page).toHaveURL(/[?&]job=/);
      await page.reload();
      await expect(backfill).toContainText('Done');
      await expect(backfill.getByRole('progressbar')).toHaveAttribute('aria-valuetext', '1 of 1 hours of meters');
      await expect(cell).toHaveAccessibleName(/10:00 to 11:00: collected, \d+ series, \d+ samples/);
    } finally {
      await own.stop();
    }
  });

  test('the collector goes away while a backfill is asked for, and comes back', async ({ page, open }) => {
    const env = environment();
    const own = await startOwnCollector(env, { prometheus: env.variables.PROMETHEUS_URL });
    try {
      await open(COLLECTION);
      const backfill = page.getByRole('region', { name: 'Backfill' });
      await backfill.getByRole('button', { name: 'Collect these hours' }).click();
      await own.kill();
      await page.getByRole('dialog').getByRole('button', { name: 'Collect', exact: true }).click();
      await expect(backfill.getByRole('alert')).toContainText('The collector does not answer');
      await own.restart();
      await backfill.getByRole('button', { name: 'Try again' }).click();
      await expect(page).toHaveURL(/[?&]job=/);
      await expect(backfill.getByRole('progressbar')).toHaveAttribute('aria-valuetext', /^144 of 144 hours/);
    } finally {
      await own.stop();
    }
  });

  test('a viewer sees how far it is collected, without the controls', async ({ page, open }) => {
    await open(COLLECTION, { user: 'viewer' });
    await expect(page.getByRole('table', { name: 'Meters and how far they are collected' })).toContainText(
      'bifrost_bytes_total{direction="produce"}',
    );
    await expect(page.getByRole('grid')).toBeVisible();
    await expect(page.getByText('Only administrators can ask for hours to be collected again.')).toBeVisible();
    await expect(page.getByRole('button', { name: /Collect these hours|Fill the gap/ })).toHaveCount(0);
  });

  for (const theme of THEMES) {
    test(`nothing hinders people with disabilities, ${theme}`, async ({ page, open }) => {
      await open(COLLECTION, { theme });
      await expect(page.getByRole('grid')).toBeVisible();
      await expectAccessible(page);
    });
  }
});
