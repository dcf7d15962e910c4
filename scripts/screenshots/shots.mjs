const APP = '/a/finops-chargeback-app';
const heading = (name) => (page) => page.getByRole('heading', { name }).first().waitFor();
const text = (words) => (page) => page.getByText(words).first().waitFor();

/**
 * The pictures: file name without theme, address, and when the page is ready for it. `needsGrafana`: what the preview
 * of the pages does not have.
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
  { name: 'rates', path: `${APP}/rates`, height: 700, ready: text('New rate card') },
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
    name: 'dashboard',
    path: '/d/chargeback-costs',
    height: 1300,
    needsGrafana: true,
    ready: async (page) => page.waitForLoadState('networkidle'),
  },
];
