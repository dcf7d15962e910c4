import fc from 'fast-check';
import {
  AMOUNTS,
  LINE_FIELDS,
  LINE_KINDS,
  type ChargebackDays,
  type ChargebackLines,
  type ChargebackPageLine,
  type ChargebackSummary,
  type LineKind,
} from '../../api/chargeback';
import type { Costs } from '../../api/costs';
import { Decimal } from '../../domain/decimal';
import { HOUR } from '../../domain/hours';
import { RESOURCE_FIELDS, type ResourceField } from '../../domain/resource';
import { startApi, type ApiServer } from '../../testing/api-server';
import type { TestDatabase } from '../../testing/database';
import { createPricedLedger } from '../../testing/priced-ledger';
import { noise } from '../../testing/random-usage';

/*
 * Pages of lines against a computation of their own: the facts are read one by one and grouped, searched, sorted and added
 * up here, with other means than SQL.
 */
const NAMES = [
  'app-2',
  'app-10',
  'App-3',
  'payments',
  'Payments',
  '100%',
  'a_b',
  'aXb',
  'back\\slash',
  `o'brien "q"`,
  'two  words, and more',
  `long ${'x'.repeat(140)}`,
  '🦊 fox',
  'Éclair',
  'éclair',
  '12 ÅNGSTRÖM',
];
const WORKSPACES = ['', 'payments', 'Payments', 'shop 10', 'shop 9', 'Unallocated', '50%'];
const RATES = `
rate_cards:
  - name: general
    valid_from: 2026-01-01
    prices:
      kafka_ingress_bytes: { per: 1073741824, unit_price: "0.10" }
      kafka_egress_bytes: { per: 7, unit_price: "0.000000000123" }
      kafka_connection_hours: { unit_price: "0.000001" }
  - name: messages, later
    valid_from: 2026-03-15T05:00:00Z
    prices: { kafka_ingress_messages: { per: 1000000, unit_price: "12000000" } }
  - name: in euros
    currency: EUR
    workspace: shop 9
    valid_from: 2026-03-10
    prices: { kafka_ingress_bytes: { per: 3, unit_price: "0.4" } }
`;
const METERS = [
  'kafka_ingress_bytes',
  'kafka_egress_bytes',
  'kafka_ingress_messages',
  'kafka_connection_hours',
  'kafka_requests',
];
const QUANTITIES = ['0', '0.000001', '1', '1', '1000000', '1073741824', '987654321987.654321'];

/** Usage from February to April; many lines with the same cost, some without any. */
async function randomLedger(seed: number, timezone: string): Promise<TestDatabase> {
  const next = noise(seed);
  const one = <T>(of: T[]): T => of[Math.floor(next() * of.length)] as T;
  const usage = new Map(
    Array.from({ length: 140 }, () => {
      const name = one(NAMES);
      const row = {
        hour: Date.parse('2026-02-20T00:00:00Z') + Math.floor(next() * 24 * 50) * HOUR,
        meter: one(METERS),
        resource: {
          workspace: one(WORKSPACES),
          application: name,
          environment: one(['prod', 'dev', '']),
          cluster: one(['vc-1', 'vc-10', 'VC-2']),
          topic: `${name}.${one(['events', 'audit'])}`,
          principal: one(['alice', 'bob', '']),
        },
        quantity: next() < 0.3 ? String(Math.floor(next() * 1e12)) : one(QUANTITIES),
        estimated: next() < 0.3,
      };
      return [JSON.stringify([row.hour, row.meter, row.resource]), row] as const;
    }),
  );
  const rows = [...usage.values()].sort((a, b) => a.hour - b.hour);
  const database = await createPricedLedger({ rates: RATES, usage: rows, timezone });
  // What nothing but a correction by hand can make: a cost below zero.
  await database.pool.query(
    `with r as (insert into chargeback_data.resource (key, workspace, application, environment, topic) values ('correction', 'payments', 'correction', 'prod', 'correction') returning id),
       f as (insert into chargeback_data.fact (hour, meter_id, resource_id, price_id, quantity, cost, coverage, estimated)
         select '2026-03-12T10:00Z', p.meter_id, r.id, p.id, -5000, -0.123456789012, 1, false from r, chargeback_data.price p join chargeback_data.meter m on m.id = p.meter_id
         where m.slug = 'kafka_egress_bytes' returning *),
       d as (insert into chargeback_data.daily_fact select '2026-03-12', f.meter_id, f.resource_id, p.rate_card_id, f.quantity, f.cost, f.cost, 0, 1 from f join chargeback_data.price p on p.id = f.price_id)
     insert into chargeback_data.monthly_fact select '2026-03-01', f.meter_id, f.resource_id, p.rate_card_id, f.quantity, f.cost, f.cost, 0, 1 from f join chargeback_data.price p on p.id = f.price_id`,
  );
  return database;
}

type Fact = Record<ResourceField, string> & {
  hour: Date;
  charge_type: string;
  quantity: string;
  cost: string;
  currency: string;
  confidence: string;
};
type Amounts = Record<(typeof AMOUNTS)[number], Decimal>;
type Expected = { names: Record<string, string>; amounts: Amounts; confidence: number };

const zero = (): Amounts => Object.fromEntries(AMOUNTS.map((name) => [name, new Decimal(0)])) as Amounts;
const text = (amounts: Amounts) =>
  Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, amount.toFixed()]));
const total = (lines: Expected[]) => {
  const sum = zero();
  for (const { amounts } of lines) {
    for (const name of AMOUNTS) {
      sum[name] = sum[name].plus(amounts[name]);
    }
  }
  return text(sum);
};

function linesOf(facts: Fact[], kind: LineKind): Expected[] {
  const groups = new Map<string, { names: Record<string, string>; facts: Fact[] }>();
  for (const fact of facts) {
    const names = Object.fromEntries(LINE_FIELDS[kind].map((field) => [field, fact[field]]));
    const group = groups.get(JSON.stringify(names)) ?? { names, facts: [] };
    group.facts.push(fact);
    groups.set(JSON.stringify(names), group);
  }
  return [...groups.values()].map(({ names, facts: own }) => {
    const amounts = zero();
    let trusted = new Decimal(0);
    for (const { charge_type: meter, quantity, cost, confidence } of own) {
      const add = (name: keyof Amounts, amount: string) => (amounts[name] = amounts[name].plus(amount));
      if (/_ingress_bytes$/.test(meter)) {
        add('ingress_bytes', quantity);
        add('ingress_cost', cost);
      } else if (/_egress_bytes$/.test(meter)) {
        add('egress_bytes', quantity);
        add('egress_cost', cost);
      } else if (/_messages$/.test(meter)) {
        add('messages', quantity);
        add('message_cost', cost);
      } else {
        add('other_cost', cost);
      }
      add('total_cost', cost);
      trusted = trusted.plus(new Decimal(cost).times(confidence));
    }
    const all = amounts.total_cost;
    return { names, amounts, confidence: all.isZero() ? 1 : trusted.div(all).toDecimalPlaces(6).toNumber() };
  });
}

const shown = (names: Record<string, string>, field: string) =>
  field === 'workspace' && names[field] === '' ? 'Unallocated' : (names[field] ?? '');

const matches = ({ names }: Expected, search: string) =>
  search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => Object.keys(names).some((field) => shown(names, field).toLowerCase().includes(word)));

const collator = new Intl.Collator('und', { numeric: true, sensitivity: 'accent' });
const byCharacters = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

function inOrder(lines: Expected[], sort: string, kind: LineKind): Expected[] {
  const key = sort.replace('-', '');
  const compareKey = (a: Expected, b: Expected) =>
    key === 'confidence'
      ? a.confidence - b.confidence
      : key in a.amounts
        ? a.amounts[key as keyof Amounts].comparedTo(b.amounts[key as keyof Amounts])
        : collator.compare(shown(a.names, key), shown(b.names, key));
  const fields = LINE_FIELDS[kind];
  return [...lines].sort(
    (a, b) =>
      (sort.startsWith('-') ? -1 : 1) * compareKey(a, b) ||
      fields.reduce((order, field) => order || collator.compare(shown(a.names, field), shown(b.names, field)), 0) ||
      fields.reduce((order, field) => order || byCharacters(a.names[field] ?? '', b.names[field] ?? ''), 0),
  );
}

const ZONES = ['UTC', 'Europe/Berlin', 'Asia/Kolkata'];
const ledgers: Array<{ database: TestDatabase; api: ApiServer; facts: Fact[] }> = [];
beforeAll(async () => {
  for (const [index, timezone] of ZONES.entries()) {
    const database = await randomLedger(index + 1, timezone);
    const api = await startApi(database.url, { CHARGEBACK_TIMEZONE: timezone });
    const { rows: facts } = await database.pool.query<Fact>('select * from chargeback.hourly_cost_facts');
    ledgers.push({ database, api, facts });
  }
});
afterAll(async () => {
  for (const { database, api } of ledgers) {
    await api.close();
    await database.drop();
  }
});

interface Question {
  ledger: number;
  from: number;
  to: number;
  currency: string;
  filters: Partial<Record<ResourceField, string[]>>;
  search: string;
}

const question: fc.Arbitrary<Question> = fc.record({
  ledger: fc.nat(ZONES.length - 1),
  from: fc.oneof(
    fc.constant(Date.parse('2026-03-01T00:00:00Z')),
    fc.nat(24 * 40).map((hours) => Date.parse('2026-02-22T00:00:00Z') + hours * HOUR),
  ),
  to: fc.oneof(
    fc.constant(Date.parse('2026-04-11T00:00:00Z')),
    fc.nat(24 * 10).map((hours) => Date.parse('2026-04-04T00:00:00Z') + hours * HOUR),
  ),
  currency: fc.constantFrom('USD', 'USD', 'EUR', 'GBP'),
  filters: fc.record(
    {
      workspace: fc.subarray(WORKSPACES, { minLength: 1 }),
      environment: fc.subarray(['prod', 'dev', ''], { minLength: 1 }),
      principal: fc.subarray(['alice', 'bob', ''], { minLength: 1 }),
    },
    { requiredKeys: [] },
  ),
  search: fc.oneof(
    fc.constantFrom(
      '',
      '',
      'APP',
      '%',
      '_',
      '\\',
      `"q"`,
      `o'b`,
      '🦊',
      'éCLAIR',
      'unallocated',
      'xxx',
      'å 12',
      'prod pay',
      '  two words ',
    ),
    fc.array(fc.constantFrom('a', 'p', '1', '0', 'e', '%', 'Prod'), { maxLength: 3 }).map((words) => words.join(' ')),
  ),
});

const parameters = ({ from, to, currency, filters }: Question) => {
  const query = new URLSearchParams({
    from_ts: new Date(from).toISOString(),
    to_ts: new Date(to).toISOString(),
    currency,
  });
  for (const [field, values] of Object.entries(filters)) {
    values.forEach((value) => query.append(field, value));
  }
  return query;
};

const ask = async <T>(ledger: number, path: string, query: URLSearchParams): Promise<T> => {
  const answer = await ledgers[ledger]?.api.asAdmin(`${path}?${query.toString().replaceAll('+', '%20')}`);
  expect(answer).toMatchObject({ status: 200 });
  return (answer?.json ?? answer?.text) as T;
};

const inScope = ({ ledger, from, to, currency, filters }: Question) =>
  (ledgers[ledger]?.facts ?? []).filter(
    (fact) =>
      fact.hour.getTime() >= from &&
      fact.hour.getTime() < to &&
      fact.currency === currency &&
      RESOURCE_FIELDS.every((field) => filters[field]?.includes(fact[field]) ?? true),
  );

const asAnswered = ({ names, amounts, confidence }: Expected) => ({ ...names, ...text(amounts), confidence });

test('all pages of any order, search and size are the lines that the facts add up to, in that order, with their exact totals', async () => {
  const asked = question.chain((base) =>
    fc.constantFrom(...LINE_KINDS).chain((by) =>
      fc.record({
        base: fc.constant(base),
        by: fc.constant(by),
        sort: fc
          .tuple(fc.constantFrom('', '-'), fc.constantFrom(...AMOUNTS, 'confidence', ...LINE_FIELDS[by]))
          .map((parts) => parts.join('')),
        limit: fc.oneof(fc.integer({ min: 3, max: 40 }), fc.constant(500)),
      }),
    ),
  );
  await fc.assert(
    fc.asyncProperty(asked, async ({ base, by, sort, limit }) => {
      const all = linesOf(inScope(base), by);
      const found = inOrder(
        all.filter((line) => matches(line, base.search)),
        sort,
        by,
      );
      const lines: ChargebackPageLine[] = [];
      for (let offset = 0; offset === 0 || offset < found.length + limit; offset += limit) {
        const query = parameters(base);
        query.append('search', base.search);
        for (const [name, value] of Object.entries({ by, sort, limit: String(limit), offset: String(offset) })) {
          query.append(name, value);
        }
        const page = await ask<ChargebackLines>(base.ledger, '/v1/chargeback/lines', query);
        expect(page.found).toEqual({ lines: found.length, totals: total(found) });
        expect(page.all).toEqual({ lines: all.length, totals: total(all) });
        expect(page.lines.length).toBe(Math.max(0, Math.min(limit, found.length - offset)));
        lines.push(...page.lines);
      }
      expect(lines).toEqual(found.map(asAnswered));
    }),
    { numRuns: 120 },
  );
});

test('days, summary, lines, costs and the TOTAL of the file are the same sum', async () => {
  await fc.assert(
    fc.asyncProperty(
      question,
      fc.constantFrom('workspace', 'environment', 'charge_type', 'topic', 'team'),
      fc.integer({ min: 1, max: 5 }),
      async (base, by, top) => {
        const query = parameters(base);
        const expected = linesOf(inScope(base), 'application');
        const sum = total(expected);
        const summary = await ask<ChargebackSummary>(base.ledger, '/v1/chargeback/summary', query);
        const lines = await ask<ChargebackLines>(base.ledger, '/v1/chargeback/lines', query);
        const days = await ask<ChargebackDays>(
          base.ledger,
          '/v1/chargeback/days',
          new URLSearchParams([...query, ['by', by], ['top', String(top)]]),
        );
        const costs = await ask<Costs>(base.ledger, '/v1/costs', query);
        expect(summary.totals).toEqual(sum);
        expect(lines.all.totals).toEqual(sum);
        expect([summary.lines, lines.all.lines]).toEqual([expected.length, expected.length]);
        expect(costs.data.map(({ cost }) => cost)).toEqual(expected.length > 0 ? [sum.total_cost] : []);
        const added = (amounts: string[]) => amounts.reduce((a, b) => a.plus(b), new Decimal(0)).toFixed();
        expect(added(days.series.map((series) => series.total))).toBe(sum.total_cost);
        for (const series of days.series) {
          expect(series.costs).toHaveLength(days.days.length);
          expect(added(series.costs)).toBe(series.total);
        }
        expect(added(summary.environments.map(({ total_cost }) => total_cost))).toBe(sum.total_cost);
        const found = expected.filter((line) => matches(line, base.search));
        query.append('search', base.search);
        const file = await ask<string>(base.ledger, '/v1/chargeback.csv', query);
        expect(file.split('\n').at(-2)?.split(',').slice(5, 11)).toEqual(
          ['messages', 'ingress_cost', 'egress_cost', 'message_cost', 'other_cost', 'total_cost'].map(
            (name) => total(found)[name],
          ),
        );
      },
    ),
    { numRuns: 60 },
  );
});
