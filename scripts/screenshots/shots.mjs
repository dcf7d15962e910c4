const APP = '/a/finops-chargeback-app';
const heading = (name) => (page) => page.getByRole('heading', { name }).first().waitFor();
const text = (words) => (page) => page.getByText(words).first().waitFor();

/** A range with as much collected before it, so that changes are known. */
const WEEK = '&from=now-7d%2Fd&to=now';

/** A dashboard, when all its panels have answered. */
const dashboard = (name, uid, height, range = '') => ({
  name,
  path: `/d/chargeback-${uid}?kiosk${range}`,
  height,
  themes: ['light'],
  needsGrafana: true,
  ready: async (page) => {
    await page.waitForLoadState('networkidle');
    // Panels below ask when they come into sight; while any waits for its answer, Refresh is called Cancel.
    await page.waitForTimeout(4000);
    await page.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'hidden', timeout: 60_000 });
    await page.waitForTimeout(1000);
  },
});

/**
 * The pictures: file name without theme, address, and when the page is ready for it. `needsGrafana`: what the preview
 * of the pages does not have. `themes`: both, unless it says less.
 */
export const SHOTS = [
  {
    name: 'chargeback',
    path: `${APP}/chargeback`,
    height: 1500,
    ready: async (page) => {
      await page.getByTestId('summary-total').waitFor();
      await text(/^Rows 1–/)(page);
    },
  },
  {
    name: 'workspace',
    path: `${APP}/workspaces/payments`,
    height: 1250,
    ready: async (page) => {
      await page.getByTestId('summary-total').waitFor();
      await text(/^Rows 1–/)(page);
    },
  },
  {
    name: 'why',
    path: `${APP}/workspaces/payments`,
    height: 1000,
    ready: async (page) => {
      await page
        .getByRole('button', { name: /Why this amount/ })
        .first()
        .click();
      const drawer = page.getByRole('dialog');
      await drawer.getByRole('link', { name: 'Kafka egress bytes' }).click();
      await drawer.getByText(/^Σ \d+ days/).waitFor();
    },
  },
  {
    name: 'budgets',
    path: `${APP}/budgets`,
    height: 1050,
    ready: (page) => page.getByRole('table', { name: 'Budgets' }).waitFor(),
  },
  {
    name: 'budget-editor',
    path: `${APP}/budgets`,
    height: 1150,
    ready: async (page) => {
      await page.getByRole('table', { name: 'Budgets' }).getByRole('link').first().click();
      await page.getByRole('button', { name: 'Edit' }).click();
      await page.getByRole('table', { name: 'Spend by period against the amount' }).waitFor();
    },
  },
  { name: 'rates', path: `${APP}/rates`, height: 700, ready: text('New rate card') },
  {
    name: 'history',
    path: `${APP}/history?workspace=payments`,
    height: 640,
    ready: (page) =>
      page
        .getByRole('button', { name: /^What changed in/ })
        .first()
        .click(),
  },
  { name: 'ownership', path: `${APP}/sources?tab=ownership`, height: 1200, ready: heading('Rules') },
  { name: 'collection', path: `${APP}/sources?tab=collection`, height: 1400, ready: heading('Backfill') },
  {
    name: 'connection',
    path: '/plugins/finops-chargeback-app?page=connection',
    height: 1100,
    ready: async (page) => {
      await page.getByRole('button', { name: 'Test', exact: true }).click();
      await page.getByTestId('check-collector').waitFor();
    },
  },
  {
    name: 'access',
    path: '/plugins/finops-chargeback-app?page=access',
    height: 1480,
    themes: ['light'],
    ready: async (page) => {
      await page.getByLabel('Login', { exact: true }).fill('payments-member');
      await page.getByRole('button', { name: 'Look' }).click();
      await text(/^Sees payments/)(page);
    },
  },
  {
    name: 'seen-as',
    path: '/plugins/finops-chargeback-app?page=access',
    height: 1000,
    themes: ['light'],
    ready: async (page) => {
      await page.getByLabel('Login', { exact: true }).fill('payments-member');
      await page.getByRole('button', { name: 'Look' }).click();
      await page.getByRole('button', { name: 'See the pages as payments-member' }).click();
      await page.getByTestId('summary-total').waitFor();
      await text(/^Rows 1–|lines?$/)(page);
    },
  },
  dashboard('dashboard', 'costs', 1380, WEEK),
  dashboard('executive', 'executive', 2560, WEEK),
  dashboard('statement', 'statement', 1840, WEEK),
  dashboard('business-unit', 'business-unit', 2310, WEEK),
  dashboard('cluster', 'cluster', 2030, WEEK),
  dashboard('principal', 'principal', 2165, WEEK),
  dashboard('historical', 'historical', 2085),
  dashboard('confidence', 'confidence', 2340, WEEK),
  dashboard('gateway', 'gateway', 1690),
  dashboard('budgets-dashboard', 'budgets', 1660),
  dashboard('collector', 'collector', 2310),
];
