import type { Locator, Page } from '@playwright/test';
import { usageMonth } from './environment/known-usage';
import { APP, CONFIGURATION, expect, expectAccessible, RULES_OF_COLOURS, test, THEMES, type User } from './journey';

const MONTH = usageMonth();
const lines = (page: Page) => page.getByRole('table', { name: 'Chargeback by application' });

interface Place {
  name: string;
  path: string;
  /** What stands there once all is loaded. */
  loaded: (page: Page) => Locator;
  /** Pages that Grafana itself shows to administrators only. */
  administrators?: boolean;
}

const ofWorkspace = (tab: string) => `${APP}/workspaces/payments?period=${MONTH}&tab=${tab}`;
const PLACES: Place[] = [
  {
    name: 'Chargeback',
    path: `${APP}/chargeback?period=${MONTH}`,
    loaded: (page) => lines(page).getByText('checkout').first(),
  },
  {
    name: 'Chargeback, days as figures',
    path: `${APP}/chargeback?period=${MONTH}&days=table`,
    loaded: (page) => page.getByRole('region', { name: 'Cost by day' }).getByRole('table').first(),
  },
  {
    name: 'Chargeback of a month without prices',
    path: `${APP}/chargeback?period=2020-01`,
    loaded: (page) => page.getByText(/^There is no price for/),
  },
  {
    name: 'a workspace',
    path: ofWorkspace('application'),
    loaded: (page) => lines(page).getByText('checkout').first(),
  },
  {
    name: 'topics of a workspace',
    path: ofWorkspace('topic'),
    loaded: (page) => page.getByText('checkout.orders').first(),
  },
  {
    name: 'principals of a workspace',
    path: ofWorkspace('principal'),
    loaded: (page) => page.getByText('sa-1').first(),
  },
  {
    name: 'prices of a workspace',
    path: ofWorkspace('prices'),
    loaded: (page) => page.getByText(/0\.10 USD per GB/).first(),
  },
  {
    name: 'the reasons of an amount',
    path: `${APP}/chargeback?period=${MONTH}&why=${encodeURIComponent('workspace=payments&application=checkout&environment=prod')}`,
    loaded: (page) => page.getByRole('table', { name: 'Meters of the line' }),
  },
  {
    name: 'the readings of an hour',
    path: `${APP}/chargeback?period=${MONTH}&why=${encodeURIComponent('workspace=payments&application=checkout&environment=prod')}&why_meter=kafka_ingress_bytes&why_day=${MONTH}-10&why_hour=${encodeURIComponent(`${MONTH}-10T10:00:00.000Z`)}`,
    loaded: (page) => page.getByRole('region', { name: 'The readings of this hour' }).getByRole('table').first(),
  },
  {
    name: 'Rates as a timeline',
    path: `${APP}/rates`,
    loaded: (page) => page.getByText('kafka', { exact: true }).first(),
  },
  {
    name: 'Rates as a list',
    path: `${APP}/rates?show=list`,
    loaded: (page) => page.getByRole('table').getByText('agreed with finance'),
  },
  {
    name: 'the history of rates',
    path: `${APP}/rates?show=history`,
    loaded: (page) => page.getByText('rates.yaml').first(),
  },
  {
    name: 'a rate card',
    path: `${APP}/rates?card=1`,
    loaded: (page) => page.getByText('agreed with finance').first(),
  },
  {
    name: 'Budgets',
    path: `${APP}/budgets`,
    loaded: (page) => page.getByRole('table', { name: 'Budgets' }).or(page.getByText('There is no budget yet')),
  },
  {
    name: 'History',
    path: `${APP}/history`,
    loaded: (page) => page.getByRole('table', { name: 'Changes, newest first' }),
  },
  {
    name: 'Ownership',
    path: `${APP}/sources?tab=ownership&period=${MONTH}&history=open`,
    loaded: (page) => page.getByRole('region', { name: 'Unmatched resources' }).getByText('stray'),
  },
  {
    name: 'Collection',
    path: `${APP}/sources?tab=collection&period=${MONTH}`,
    loaded: (page) => page.getByRole('grid'),
  },
  {
    name: 'the configuration: connection',
    path: CONFIGURATION,
    loaded: (page) => page.getByText('Setup: all steps are done').or(page.getByText('Steps to the first cost')).first(),
    administrators: true,
  },
  {
    name: 'the configuration: rate cards',
    path: CONFIGURATION.replace('page=connection', 'page=rate-cards'),
    loaded: (page) => page.getByText('kafka', { exact: true }).first(),
    administrators: true,
  },
  {
    name: 'the configuration: access',
    path: CONFIGURATION.replace('page=connection', 'page=access'),
    loaded: (page) => page.getByRole('table', { name: 'Grants' }),
    administrators: true,
  },
];

/** What stands in a page depends on the user, colours on the theme: each user's pages are read in full in one theme. */
const READ_IN_FULL: Record<string, User> = { dark: 'admin', light: 'viewer' };

for (const theme of THEMES) {
  for (const user of ['admin', 'viewer'] satisfies User[]) {
    test(`every page is accessible to ${user === 'admin' ? 'an administrator' : 'a viewer'} in the ${theme} theme`, async ({
      page,
      open,
    }) => {
      test.setTimeout(240_000);
      for (const { name, path, loaded, administrators } of PLACES) {
        if (administrators && user !== 'admin') {
          continue;
        }
        await test.step(name, async () => {
          await open(path, { user, theme });
          await expect(loaded(page)).toBeVisible();
          await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
          await expectAccessible(page, READ_IN_FULL[theme] === user ? undefined : RULES_OF_COLOURS);
        });
      }
    });
  }
}

/** Goes on with Tab until `target` has the focus, which must be seen there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let steps = 0; steps < 250; steps += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      await expectFocusSeen(target);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${String(target)}`);
}

/** The focus is drawn around the element or around what holds it. */
async function expectFocusSeen(target: Locator): Promise<void> {
  await expect
    .poll(() =>
      target.evaluate((element) => {
        const drawn = (one: Element | null, part?: string) => {
          if (!one) {
            return false;
          }
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one, part);
          return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
        };
        return [element, element.parentElement, element.nextElementSibling].some(
          (one) => drawn(one) || drawn(one, '::before') || drawn(one, '::after'),
        );
      }),
    )
    .toBe(true);
}

test('Chargeback is read by the keyboard alone', async ({ page, open }) => {
  await open(`${APP}/chargeback`);
  await expect(page.getByText('No usage in this month')).toBeVisible();

  await test.step('a month is chosen', async () => {
    const month = page.getByRole('combobox', { name: 'Month' });
    await tabTo(page, month);
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('option').first()).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('summary-total')).toBeVisible();
    expect(new URL(page.url()).searchParams.get('period')).toBe(MONTH);
    await expect(month).toBeFocused();
  });

  await test.step('lines are leafed through, sorted and searched', async () => {
    const second = page.getByRole('button', { name: '2', exact: true });
    await tabTo(page, second);
    await page.keyboard.press('Enter');
    await expect(page.getByText('Rows 26–33 of 33')).toBeVisible();
    // The focus is not lost, so that one leafs on.
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BUTTON');

    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    const search = page.getByLabel('Search applications');
    await tabTo(page, search);
    await page.keyboard.type('checkout');
    await expect(page.getByText('Found (1 of 33 lines)')).toBeVisible();
    await expect(search).toBeFocused();

    const heading = lines(page).getByRole('button', { name: 'Application', exact: true });
    await tabTo(page, heading);
    await page.keyboard.press('Enter');
    await expect(lines(page).getByRole('columnheader', { name: 'Application' })).toHaveAttribute(
      'aria-sort',
      'ascending',
    );
    await expect(heading).toBeFocused();
  });

  await test.step('an explanation is opened, gone into and closed, and the focus is where it was', async () => {
    const why = lines(page).getByRole('button', { name: /^Why this amount/ });
    await tabTo(page, why);
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: /Why this amount/ });
    const meter = drawer.getByRole('link', { name: 'Kafka ingress bytes' });
    await expect(meter).toBeVisible();
    expect(await drawer.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await tabTo(page, meter);
    await page.keyboard.press('Enter');
    await expect(drawer.getByRole('region', { name: 'The days of this meter' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(drawer).toHaveCount(0);
    await expect(why).toBeFocused();
  });
});

test('the hours of a meter are read by the keyboard alone', async ({ page, open }) => {
  await open(`${APP}/sources?tab=collection&period=${MONTH}`);
  const grid = page.getByRole('grid');
  await expect(grid).toBeVisible();
  const messages = page.getByRole('button', { name: 'Kafka ingress messages' });
  await tabTo(page, messages);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: /^Kafka ingress messages/ })).toBeVisible();
  await tabTo(page, grid.getByRole('gridcell').first());
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Home');
  await expect(grid.getByRole('row').last().getByRole('gridcell').first()).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(grid.getByRole('row').last().getByRole('gridcell').nth(1)).toBeFocused();
});
