import type { Page } from '@playwright/test';
import { APP, environment, expect, expectAccessible, test, THEMES } from './journey';
import { WHICHEVER } from './whichever';

const ACCESS = '/plugins/finops-chargeback-app?page=access';
const { collector, key } = environment();
const headers = { authorization: `Bearer ${key}` };

interface Grants {
  version: number;
  grants: object[];
}

test.describe('who may see what', () => {
  let before: Grants;
  test.beforeAll(async ({ request }) => {
    before = (await (await request.get(`${collector}/v1/access`, { headers })).json()) as Grants;
  });
  test.afterEach(async ({ request }) => {
    const answer = await request.put(`${collector}/v1/access`, {
      headers: { ...headers, ...WHICHEVER },
      data: { grants: before.grants },
    });
    expect(answer.ok(), await answer.text()).toBe(true);
    const { data } = (await (await request.get(`${collector}/v1/tokens`, { headers })).json()) as {
      data: Array<{ id: number; name: string }>;
    };
    for (const { id } of data.filter(({ name }) => name.startsWith('journey '))) {
      await request.delete(`${collector}/v1/tokens/${id}`, { headers });
    }
  });

  const grantTo = async (page: Page, who: string, workspace: string) => {
    await page.getByRole('button', { name: 'New grant' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel(/^Login in Grafana/).fill(who);
    await drawer.getByRole('combobox', { name: /^Workspaces/ }).fill(workspace);
    await page
      .getByRole('option', { name: new RegExp(`^${workspace.replace('*', '\\*')}`) })
      .first()
      .click();
    // Escape would close the drawer along with the list.
    await page.keyboard.press('Tab');
    await drawer.getByRole('button', { name: 'Save' }).click();
  };

  test('an administrator grants a workspace, tries it as that person, and takes it back', async ({ page, open }) => {
    await open(ACCESS);
    await grantTo(page, 'zoe', 'analytics');
    const grants = page.getByRole('table', { name: 'Grants' });
    await expect(grants.getByRole('row', { name: /zoe/ })).toContainText('analytics');
    await page.getByLabel('Login', { exact: true }).fill('zoe');
    await page.getByRole('button', { name: 'Look' }).click();
    await expect(page.getByText('Sees analytics.', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Remove the grant of Person zoe' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(grants.getByRole('row', { name: /zoe/ })).toHaveCount(0);
    await page.getByRole('button', { name: 'History of the grants' }).click();
    await expect(page.getByRole('table', { name: 'Changes, newest first' }).locator('tbody').first()).toContainText(
      'the grants',
    );
  });

  test('what is wrong with a grant is said before it is sent', async ({ page, open }) => {
    await open(ACCESS);
    await page.getByRole('button', { name: 'New grant' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('button', { name: 'Save' }).click();
    await expect(drawer.getByText('must not be empty')).toBeVisible();
    await expect(drawer.getByText('must name at least one workspace')).toBeVisible();
  });

  test('two administrators at once: the second is told, and loses nothing of the first', async ({
    page,
    open,
    request,
  }) => {
    await open(ACCESS);
    await expect(page.getByRole('button', { name: 'New grant' })).toBeVisible();
    const grants = [...before.grants, { login: 'first', workspaces: ['payments'] }];
    const put = await request.put(`${collector}/v1/access`, {
      headers: { ...headers, ...WHICHEVER },
      data: { grants },
    });
    expect(put.ok(), await put.text()).toBe(true);
    await grantTo(page, 'second', 'payments');
    const drawer = page.getByRole('dialog');
    const told = drawer.getByRole('alert').filter({ hasText: 'It was changed meanwhile' });
    await expect(told).toContainText('admin-token changed the list of who may see what');
    await expect(told.getByLabel('What was changed')).toContainText('Person first: payments');
    await drawer.getByRole('button', { name: 'Cancel' }).click();
    await grantTo(page, 'second', 'payments');
    await expect(page.getByRole('table', { name: 'Grants' })).toContainText('second');
    await expect(page.getByRole('table', { name: 'Grants' })).toContainText('first');
  });

  test('a token is shown once, works, and is refused after it is revoked', async ({ page, open, request }) => {
    await open(ACCESS);
    await page.getByRole('button', { name: 'New token' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel(/^Name/).fill('journey export');
    await drawer.getByRole('button', { name: 'Make token' }).click();
    const token = await drawer.getByLabel('Bearer token').inputValue();
    expect(token).toMatch(/^cbk_/);
    await drawer.getByRole('button', { name: 'Done' }).click();
    const me = () => request.get(`${collector}/v1/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(await (await me()).json()).toMatchObject({ login: 'token:journey export', role: 'viewer' });
    await page.getByRole('button', { name: 'Revoke the token journey export' }).click();
    await page.getByRole('button', { name: 'Revoke', exact: true }).click();
    await expect(page.getByRole('row', { name: /journey export/ })).toContainText('revoked');
    expect((await me()).status()).toBe(401);
    await expect(page.getByText(token)).toHaveCount(0);
  });

  test('people with disabilities can use it, in both themes', async ({ page, open }) => {
    for (const theme of THEMES) {
      await open(ACCESS, { theme });
      await expect(page.getByRole('heading', { name: 'Tokens' })).toBeVisible();
      await expectAccessible(page);
    }
  });

  test('a viewer does not get there', async ({ page, open, request }) => {
    await open(`${APP}/chargeback`, { user: 'viewer' });
    const { url } = environment();
    const answer = await page.request.get(`${url}/api/plugin-proxy/finops-chargeback-app/v1/access`);
    expect(answer.status()).toBe(403);
    expect(await request.get(`${collector}/v1/access`).then((one) => one.status())).toBe(401);
  });
});
