import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { GRAFANA_USERS, grafanaAdmin } from './environment/connect-grafana';
import type { Environment } from './environment/start';

export type Theme = 'dark' | 'light';
export const THEMES: Theme[] = ['dark', 'light'];
export const APP = '/a/finops-chargeback-app';
export const CONFIGURATION = '/plugins/finops-chargeback-app?page=connection';
export const PROXY = '/api/plugin-proxy/finops-chargeback-app';

/** What the global setup started. */
export function environment(): Environment {
  const text = process.env.CHARGEBACK_E2E;
  if (!text) {
    throw new Error('CHARGEBACK_E2E is not set: run the journeys with npm run e2e');
  }
  return JSON.parse(text) as Environment;
}

export type User = 'admin' | keyof typeof GRAFANA_USERS;

interface Journey {
  /**
   * Opens a page of the app as an administrator, a viewer who sees everything, a member or an editor of the workspace
   * payments, a member of another one, or a stranger to whom nothing was granted.
   */
  open: (path: string, as?: { user?: User; theme?: Theme }) => Promise<void>;
}

async function beginGrafana(page: Page, url: string, user: User): Promise<void> {
  const { login, password } =
    user === 'admin' ? grafanaAdmin() : { login: GRAFANA_USERS[user].login, password: GRAFANA_USERS[user].login };
  await page.context().clearCookies();
  const answer = await page.request.post(`${url}/login`, { data: { user: login, password } });
  expect(answer.ok(), `login of ${login}`).toBe(true);
}

export const test = base.extend<Journey>({
  open: async ({ page }, use) => {
    const { url, grafana } = environment();
    await use(async (path, { user = 'admin', theme = 'dark' } = {}) => {
      if (grafana) {
        await beginGrafana(page, url, user);
        await page.goto(`${url}${path}${path.includes('?') ? '&' : '?'}theme=${theme}`);
      } else {
        await page.context().addCookies([
          { name: 'preview-user', value: user, url },
          { name: 'preview-theme', value: theme, url },
        ]);
        await page.goto(`${url}${path}`);
      }
    });
  },
});

/** The rules that a theme can break: all others hold in both or in none. */
export const RULES_OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * No fault that hinders people with disabilities seriously, in what is on the screen now (the app's part of it); by all
 * rules, or by those that are named.
 */
export async function expectAccessible(page: Page, rules?: string[]): Promise<void> {
  // The colours of a button under the mouse or in focus are those of the component library.
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await page.waitForFunction(() => document.getAnimations().length === 0);
  const builder = rules ? new AxeBuilder({ page }).withRules(rules) : new AxeBuilder({ page });
  const { violations } = await (environment().grafana ? builder.include('main') : builder).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)).toEqual(
    [],
  );
}

export { expect };
