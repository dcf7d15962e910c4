import fc from 'fast-check';
import type { Meter } from '../../../../api/meters';
import { RateCardInput, type RateCard } from '../../../../api/rate-cards';
import { Decimal } from '../../../../domain/decimal';
import { formOf, inputOf, pricePaths, unpriced } from './rate-card-form';
import { perToUnits, unitsToPer } from '../../../format/per-units';
import { checkRateCard } from './rate-card-problems';

const meter = (slug: string, unit: string): Meter => ({
  slug,
  unit,
  kind: 'counter',
  query: '',
  interval_seconds: 15,
  interval_learned: false,
  dimensions: {},
  labels: [],
  series: 0,
  watermark: null,
  missing_hours: 0,
  priced: false,
});
const METERS = [
  meter('kafka_ingress_bytes', 'byte'),
  meter('kafka_ingress_messages', 'message'),
  meter('connection_hours', 'hour'),
];

const money = fc
  .tuple(
    fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.nat(1_000_000) }),
    fc.constantFrom(0, 1, 25, 999_999),
  )
  .map(([whole, fraction]) => new Decimal(`${whole}.${fraction}`).toFixed());
const per = fc.constantFrom('1', '3', '1000', '1000000', '1048576', '1073741824', '1099511627776', '2500');
const tiers = fc
  .uniqueArray(fc.integer({ min: 1, max: 2_000_000_000 }), { maxLength: 4 })
  .chain((starts) =>
    fc.tuple(
      ...[0, ...starts.sort((a, b) => a - b)].map((from) =>
        money.map((unit_price) => ({ from: String(from), unit_price })),
      ),
    ),
  );
const price = fc.oneof(fc.record({ per, unit_price: money }), fc.record({ per, tiers }));
const card: fc.Arbitrary<RateCard> = fc
  .record({
    hour: fc.integer({ min: 490_000, max: 520_000 }),
    workspace: fc.constantFrom('', 'payments'),
    prices: fc.dictionary(fc.constantFrom(...METERS.map(({ slug }) => slug), 'no_longer_metered'), price, {
      minKeys: 1,
    }),
  })
  .map(({ hour, workspace, prices }) => ({
    id: 1,
    version: 1,
    name: 'kafka-2026',
    currency: 'USD',
    valid_from: new Date(hour * 3_600_000).toISOString(),
    notes: 'agreed',
    created_at: '',
    created_by: '',
    updated_at: '',
    updated_by: '',
    workspace,
    prices,
  }));

const card0: RateCard = {
  id: 1,
  version: 1,
  name: 'kafka-2026',
  workspace: '',
  currency: 'USD',
  valid_from: '2026-01-01T00:00:00.000Z',
  notes: '',
  prices: {},
  created_at: '',
  created_by: '',
  updated_at: '',
  updated_by: '',
};

describe('the form of a rate card', () => {
  // Zones at whole hours, west and east of Greenwich, with daylight saving time on both halves of the globe.
  it.each(['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Sydney'])(
    'says of a stored card exactly what is stored, in %s',
    (zone) => {
      fc.assert(
        fc.property(card, (stored) => {
          const { card: sent, problems } = checkRateCard(
            inputOf(formOf(stored, METERS, zone, 'EUR'), zone),
            zone,
            null,
          );
          expect([...problems]).toEqual([]);
          const { name, workspace, currency, notes, prices } = stored;
          expect(sent).toMatchObject({ name, workspace, currency, notes });
          expect(sent?.valid_from).toBe(stored.valid_from);
          expect(sent?.prices).toEqual(RateCardInput.shape.prices.parse(prices));
        }),
        { numRuns: 100 },
      );
    },
  );

  it('sends the start of a day as the day, and another hour as an instant', () => {
    const form = { ...formOf(undefined, METERS, 'Europe/Berlin', 'EUR'), day: '2026-07-01' };
    expect(inputOf(form, 'Europe/Berlin').valid_from).toBe('2026-07-01');
    expect(inputOf({ ...form, hour: '05' }, 'Europe/Berlin').valid_from).toBe('2026-07-01T03:00:00.000Z');
    expect(inputOf({ ...form, hour: '05' }, 'America/New_York').valid_from).toBe('2026-07-01T09:00:00.000Z');
  });

  it('counts the starts of tiers in what the price is for, or in units where that has no finite decimal', () => {
    expect(unitsToPer('107374182400', '1073741824')).toBe('100');
    expect(perToUnits('100', '1073741824')).toBe('107374182400');
    expect(unitsToPer('10', '3')).toBeNull();
    expect(perToUnits('a hundred', '1073741824')).toBe('a hundred');
  });
});

describe('an included quantity', () => {
  const form = { ...formOf(undefined, METERS, 'UTC', 'USD'), name: 'x', day: '2026-01-01' };
  const messages = { ...unpriced('message'), priced: true, unitPrice: '0.01' };
  const sent = (price: typeof messages) =>
    checkRateCard(inputOf({ ...form, prices: { kafka_ingress_messages: price } }, 'UTC'), 'UTC', null);

  it('is a first tier at price 0, and comes back as what is included', () => {
    const flat = sent({ ...messages, included: '10' }).card?.prices.kafka_ingress_messages;
    expect(flat).toEqual({
      per: '1000000',
      tiers: [
        { from: '0', unit_price: '0' },
        { from: '10000000', unit_price: '0.01' },
      ],
    });
    const stored = { ...card0, prices: { kafka_ingress_messages: flat ?? { per: '1' } } };
    expect(formOf(stored, METERS, 'UTC', 'USD').prices.kafka_ingress_messages).toMatchObject({
      tiered: false,
      included: '10',
      unitPrice: '0.01',
    });
  });

  it('stands before tiers, which begin where it ends', () => {
    const tiers = [
      { from: '0', unitPrice: '0.02' },
      { from: '100', unitPrice: '0.01' },
    ];
    expect(
      sent({ ...messages, tiered: true, included: '2.5', tiers }).card?.prices.kafka_ingress_messages?.tiers,
    ).toEqual([
      { from: '0', unit_price: '0' },
      { from: '2500000', unit_price: '0.02' },
      { from: '100000000', unit_price: '0.01' },
    ]);
  });

  it('is nothing when it is empty or zero', () => {
    for (const included of ['', ' ', '0', '0.0']) {
      expect(sent({ ...messages, included }).card?.prices.kafka_ingress_messages).toEqual({
        per: '1000000',
        unit_price: '0.01',
      });
    }
  });

  it.each(['-1', 'ten', '1e3'])('%j is a problem of its own field', (included) => {
    const typed = { ...messages, included };
    expect([...sent(typed).problems.keys()]).toEqual([`prices.kafka_ingress_messages.${pricePaths(typed).included}`]);
  });
});

describe('the problems of a rate card', () => {
  it('are told all at once, by the path of the field', () => {
    const form = formOf(undefined, METERS, 'UTC', 'USD');
    const bytes = { ...unpriced('byte'), priced: true, unitPrice: '-1' };
    const messages = {
      ...unpriced('message'),
      priced: true,
      tiered: true,
      tiers: [
        { from: '0', unitPrice: '1' },
        { from: '5', unitPrice: '0.5' },
        { from: '5', unitPrice: 'free' },
      ],
    };
    const { problems } = checkRateCard(
      inputOf({ ...form, prices: { kafka_ingress_bytes: bytes, kafka_ingress_messages: messages } }, 'UTC'),
      'UTC',
      null,
    );
    expect([...problems.keys()].sort()).toEqual([
      'name',
      'prices.kafka_ingress_bytes.unit_price',
      'prices.kafka_ingress_messages.tiers.2.from',
      'prices.kafka_ingress_messages.tiers.2.unit_price',
      'valid_from',
    ]);
  });

  it('name the tier that does not ascend', () => {
    const form = { ...formOf(undefined, METERS, 'UTC', 'USD'), name: 'x', day: '2026-01-01' };
    const tiered = {
      ...unpriced('message'),
      priced: true,
      tiered: true,
      tiers: [
        { from: '0', unitPrice: '1' },
        { from: '0', unitPrice: '1' },
      ],
    };
    const { problems } = checkRateCard(
      inputOf({ ...form, prices: { kafka_ingress_messages: tiered } }, 'UTC'),
      'UTC',
      null,
    );
    expect([...problems]).toEqual([
      ['prices.kafka_ingress_messages.tiers.1.from', 'must be greater than 0, the start of the tier before'],
    ]);
  });

  it.each(['', '1 GB', 'ten', '1e3', '-5', '.5'])(
    'take %j for the start of a tier, its price and what it is for as a problem, not as a failure',
    (typed) => {
      const form = { ...formOf(undefined, METERS, 'UTC', 'USD'), name: 'x', day: '2026-01-01' };
      const tiers = [
        { from: '0', unitPrice: '1' },
        { from: typed, unitPrice: typed },
        { from: '7', unitPrice: '1' },
      ];
      const tiered = { ...unpriced('message'), priced: true, tiered: true, per: typed, fromPer: '1', tiers };
      const { problems } = checkRateCard(
        inputOf({ ...form, prices: { kafka_ingress_messages: tiered } }, 'UTC'),
        'UTC',
        null,
      );
      expect([...problems.keys()].sort()).toEqual([
        'prices.kafka_ingress_messages.per',
        'prices.kafka_ingress_messages.tiers.1.from',
        'prices.kafka_ingress_messages.tiers.1.unit_price',
      ]);
    },
  );

  it('say that a card without a price prices nothing', () => {
    const form = { ...formOf(undefined, METERS, 'UTC', 'USD'), name: 'x', day: '2026-01-01' };
    expect([...checkRateCard(inputOf(form, 'UTC'), 'UTC', null).problems.keys()]).toEqual(['prices']);
  });
});
