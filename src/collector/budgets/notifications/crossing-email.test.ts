import { DASHBOARDS, APP_ID } from '../../../dashboards/uids';
import { loadConfig } from '../../config';
import { crossingEmail } from './crossing-email';
import type { CrossingNews } from './crossing-news';

const config = (environment: Record<string, string> = {}) =>
  loadConfig({ DATABASE_URL: 'postgres://127.0.0.1/chargeback', ...environment });
const GRAFANA = { CHARGEBACK_NOTIFY_GRAFANA_URL: 'https://grafana.example.com/sub' };

const NEWS: CrossingNews = {
  id: '17',
  budgetId: 3,
  budget: 'Payments',
  owner: 'Payments team',
  scope: { workspace: 'payments', environment: 'prod' },
  interval: 'month',
  period: { start: '2026-11', end: '2026-12' },
  percent: '90',
  amount: '1000',
  spent: '912.399999999999',
  usedPercent: '91.239999',
  currency: 'USD',
  crossedAt: new Date('2026-11-20T14:12:00Z'),
  dataUntil: new Date('2026-11-20T14:00:00Z'),
};
const subject = (news: Partial<CrossingNews>) => crossingEmail({ ...NEWS, ...news }, config()).subject;

test('the mail says budget, period, spent, amount, threshold, owner and how far the data goes', () => {
  const mail = crossingEmail(NEWS, config({ CHARGEBACK_TIMEZONE: 'Europe/Berlin' }));
  expect(mail.subject).toBe('Budget Payments: 90 % of 1,000 USD spent in 2026-11');
  expect(mail.text).toBe(`Budget Payments: 90 % of 1,000 USD spent in 2026-11

Budget:     Payments
Period:     2026-11
Spent:      912.40 USD (91.23 %)
Amount:     1,000 USD a month
Threshold:  90 %
For:        workspace: payments, environment: prod
Owner:      Payments team
Data until: 2026-11-20 15:00 (Europe/Berlin)

Sent by Chargeback when a threshold of a budget is crossed, once a period.
`);
  for (const value of [
    '912.40 USD (91.23 %)',
    '1,000 USD a month',
    'Payments team',
    '2026-11-20 15:00 (Europe/Berlin)',
  ]) {
    expect(mail.html).toContain(`<td>${value}</td>`);
  }
  expect(mail.html).not.toContain('href');
});

test('links lead to the page Budgets and to the dashboard with budget and range set', () => {
  const { text, html } = crossingEmail(
    { ...NEWS, budget: `R&D "50 %"` },
    config({ ...GRAFANA, CHARGEBACK_TIMEZONE: 'Europe/Berlin' }),
  );
  expect(text).toContain(`Budgets:   https://grafana.example.com/sub/a/${APP_ID}/budgets\n`);
  const link = new URL(/^Dashboard: (.*)$/m.exec(text)?.[1] ?? '');
  expect(link.pathname).toBe(`/sub/d/${DASHBOARDS.budgets.uid}`);
  expect(Object.fromEntries(link.searchParams)).toEqual({
    'var-budget': `R&D "50 %"`,
    // November begins at 23:00 UTC in Berlin.
    from: String(Date.parse('2026-10-31T23:00:00Z')),
    to: String(Date.parse('2026-11-20T14:00:00Z')),
  });
  expect(html).toContain(`<a href="${link.href.replaceAll('&', '&amp;')}">`);
});

test.each([
  [{ interval: 'quarter', period: { start: '2026-10', end: '2027-01' } }, '2026-10 to 2026-12'],
  [{ interval: 'year', period: { start: '2026-04', end: '2027-04' } }, '2026-04 to 2027-03'],
] as const)('a period of several months is named by its first and last: %j', (period, text) => {
  expect(subject(period)).toBe(`Budget Payments: 90 % of 1,000 USD spent in ${text}`);
});

test.each([
  ['1234567.5', 'USD', '1,234,567.50 USD'],
  ['1234567.5', 'JPY', '1,234,568 JPY'],
  ['1000000', 'EUR', '1,000,000 EUR'],
  ['0.000001', 'USD', '0.000001 USD'],
  ['123456789012.123456789012', 'BHD', '123,456,789,012.123 BHD'],
])('an amount of %s %s is written %s', (amount, currency, text) => {
  expect(subject({ amount, currency })).toBe(`Budget Payments: 90 % of ${text} spent in 2026-11`);
});

test('what is not rounded up: 99.999 % spent is not shown as 100 %', () => {
  expect(crossingEmail({ ...NEWS, usedPercent: '99.999999' }, config()).text).toContain('(99.99 %)');
});

test('the whole platform, what is Unallocated, and data of unknown age have words', () => {
  expect(crossingEmail({ ...NEWS, scope: {} }, config()).text).toContain('For:        whole platform\n');
  const { text } = crossingEmail({ ...NEWS, scope: { business_unit: '' }, dataUntil: null }, config());
  expect(text).toContain('For:        business unit: Unallocated\n');
  expect(text).toContain('Data until: unknown\n');
});

test('names are text in HTML, whatever they hold', () => {
  const evil = `<script>alert(1)</script>&"'<img src=x onerror=y>`;
  const { html } = crossingEmail({ ...NEWS, budget: evil, owner: evil, scope: { team: evil } }, config(GRAFANA));
  expect(html).not.toMatch(/<script|<img/);
  expect(html.split('&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;&lt;img src=x onerror=y&gt;')).toHaveLength(
    6,
  );
});

test('a name with line breaks, which nothing lets in, adds neither a header nor a line', () => {
  const mail = crossingEmail({ ...NEWS, budget: 'a\r\nBcc: x@example.com', owner: 'b\nOwner: me\u2028c' }, config());
  expect(mail.subject).toBe('Budget a Bcc: x@example.com: 90 % of 1,000 USD spent in 2026-11');
  expect(mail.text).toContain('Owner:      b Owner: me c\n');
});

test('a test says that it is one', () => {
  const mail = crossingEmail({ ...NEWS, id: 'test' }, config());
  expect(mail.subject).toBe('[Test] Budget Payments: 90 % of 1,000 USD spent in 2026-11');
  expect(mail.text).toContain('Nothing was crossed.');
});
