import { Decimal } from '../domain/decimal';
import { HOUR } from '../domain/hours';
import { divide, referenceRating, sharingFaults, type ReferencePrice } from './reference-rating';

const JANUARY = Date.parse('2026-01-01T00:00:00Z');
const price = (over: Partial<ReferencePrice>): ReferencePrice => ({
  card: 'c',
  workspace: '',
  meter: 'm',
  validFrom: JANUARY,
  per: '1',
  tiers: [{ from: '0', unit_price: '1' }],
  ...over,
});
const usage = (workspace: string, hour: number, quantity: string) => ({
  workspace,
  meter: 'm',
  hour: JANUARY + hour * HOUR,
  resource: 'r',
  quantity: new Decimal(quantity),
});
const costs = (...args: Parameters<typeof referenceRating>) =>
  referenceRating(...args).map(({ cost }) => cost?.toFixed() ?? null);

test('rounds once, half away from zero', () => {
  expect(divide(new Decimal('1'), new Decimal('3')).toFixed()).toBe('0.333333333333');
  expect(divide(new Decimal('0.0000000000005'), new Decimal('1')).toFixed()).toBe('0.000000000001');
  expect(divide(new Decimal('5'), new Decimal('3000')).toFixed()).toBe('0.001666666667');
});

test('a tier is crossed within an hour; what was used before the price counts for the tier', () => {
  const tiers = [
    { from: '0', unit_price: '2' },
    { from: '10', unit_price: '1' },
  ];
  expect(costs([usage('a', 0, '8'), usage('a', 1, '5')], [price({ tiers })], 'UTC')).toEqual(['16', '7']);
  expect(costs([usage('a', 0, '8'), usage('a', 1, '5')], [price({ tiers, validFrom: JANUARY + HOUR })], 'UTC')).toEqual(
    [null, '7'],
  );
});

test('a tier begins anew with the billing month of the time zone', () => {
  const tiers = [
    { from: '0', unit_price: '2' },
    { from: '10', unit_price: '1' },
  ];
  expect(costs([usage('a', 743, '10'), usage('a', 744, '10')], [price({ tiers })], 'UTC')).toEqual(['20', '20']);
  expect(costs([usage('a', 743, '10'), usage('a', 744, '10')], [price({ tiers })], 'Europe/Berlin')).toEqual([
    '20',
    '10',
  ]);
});

test("a workspace's own price wins, however old", () => {
  const prices = [
    price({ workspace: 'a', tiers: [{ from: '0', unit_price: '5' }] }),
    price({ validFrom: JANUARY + HOUR }),
  ];
  expect(costs([usage('a', 2, '1'), usage('b', 2, '1'), usage('', 0, '1')], prices, 'UTC')).toEqual([null, '5', '1']);
});

test('sharing: sums, shares and remainders are judged', () => {
  const part = (quantity: string, cost: string) => ({ quantity: new Decimal(quantity), cost: new Decimal(cost) });
  const unit = '0.000000000001';
  expect(sharingFaults(new Decimal(unit), [part('1', '0'), part('2', unit)])).toEqual([]);
  expect(sharingFaults(new Decimal(unit), [part('1', unit), part('2', '0')])).toHaveLength(1);
  expect(sharingFaults(new Decimal('3'), [part('1', '1'), part('2', '1.999999999999')])).toHaveLength(2);
  expect(sharingFaults(new Decimal('3'), [part('1', '1.1'), part('2', '1.9')])).toHaveLength(2);
});
