import fc from 'fast-check';
import { Decimal } from '../../../domain/decimal';
import { hourSteps, tierParts, type ExplainedHour, type PriceVersion } from './price-arithmetic';

const GB = '1073741824';
const price = (tiers: PriceVersion['tiers'], per = '1000000'): PriceVersion => ({
  price_id: 1,
  rate_card: 'kafka-2026',
  rate_card_id: 1,
  workspace: '',
  valid_from: '2026-01-01T00:00:00Z',
  currency: 'USD',
  per,
  tiers,
  quantity: '0',
  cost: '0',
});
const hour = (known: Partial<ExplainedHour>): ExplainedHour => ({
  hour: '2026-03-01T00:00:00Z',
  price_id: 1,
  quantity: '0',
  cost: '0',
  estimated: false,
  coverage: 1,
  resources: 1,
  month_to_date: null,
  ...known,
});
const TIERED = price([
  { from: '0', unit_price: '0' },
  { from: '10000000', unit_price: '0.01' },
  { from: '50000000', unit_price: '0.005' },
]);

test('a flat price is one product', () => {
  const flat = price([{ from: '0', unit_price: '0.10' }], GB);
  expect(hourSteps(hour({ quantity: '10737418240', cost: '1' }), flat, 'byte')).toEqual([
    '10.00 GiB ÷ 1 GB × 0.10 USD = 1.000000 USD',
  ]);
});

test('an hour that crosses from the included quantity into the paid one has a part in each tier', () => {
  const steps = hourSteps(
    hour({ quantity: '3000000', cost: '0.02', month_to_date: { before: '9000000', after: '12000000' } }),
    TIERED,
    'message',
  );
  expect(steps).toEqual([
    'Month to date of the workspace: 9,000,000 messages before, 12,000,000 messages after',
    'Tier up to 10,000,000 messages: 1,000,000 messages ÷ 1 million messages × 0.00 USD = 0.00 USD',
    'Tier 10,000,000 messages to 50,000,000 messages: 2,000,000 messages ÷ 1 million messages × 0.01 USD = 0.020000 USD',
    'Together = 0.020000 USD',
  ]);
});

test('an application of the workspace gets its share of the hour by quantity', () => {
  const steps = hourSteps(
    hour({ quantity: '500000', cost: '0.0025', month_to_date: { before: '60000000', after: '61000000' } }),
    TIERED,
    'message',
  );
  expect(steps.slice(1)).toEqual([
    'Tier above 50,000,000 messages: 1,000,000 messages ÷ 1 million messages × 0.005 USD = 0.005000 USD',
    'Share 500,000 messages of 1,000,000 messages, of 0.005000 USD = 0.002500 USD',
  ]);
});

test('resources of several workspaces have no tier in common', () => {
  expect(hourSteps(hour({ quantity: '5' }), TIERED, 'message')).toEqual([
    expect.stringContaining('several workspaces'),
  ]);
});

test('the parts of the tiers sum to the usage, and their costs to that of the month after minus before', () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 14n }).map(String);
  fc.assert(
    fc.property(amount, amount, fc.uniqueArray(amount, { minLength: 1, maxLength: 6 }), (before, used, limits) => {
      const after = new Decimal(before).plus(used).toFixed();
      const tiers = ['0', ...limits.filter((limit) => limit !== '0')]
        .sort((a, b) => new Decimal(a).comparedTo(b))
        .map((from, index) => ({ from, unit_price: `0.${index + 1}` }));
      const sum = (of: { before: string; after: string }, name: 'quantity' | 'cost') =>
        tierParts({ tiers, per: '1000' }, of).reduce((total, part) => total.plus(part[name]), new Decimal(0));
      expect(sum({ before, after }, 'quantity').toFixed()).toBe(used);
      expect(sum({ before, after }, 'cost').toFixed()).toBe(
        sum({ before: '0', after }, 'cost')
          .minus(sum({ before: '0', after: before }, 'cost'))
          .toFixed(),
      );
    }),
  );
});
