import { DateTime } from 'luxon';
import { BudgetInput } from '../api/budgets';
import { createBudget } from '../collector/budgets/budgets';
import { Decimal } from '../domain/decimal';
import { HOUR, type Hour } from '../domain/hours';
import { resource as wholeResource, type Resource } from '../domain/resource';
import type { TestDatabase } from './database';
import type { UsageFixture } from './facts';
import { createPricedLedger } from './priced-ledger';
import { testContext } from './test-context';

/*
 * The ledger behind the answers of docs/cookbook.md: four resources of two clusters, six weeks, billed in Berlin, where
 * October has a clock change. Prices go up in November, and payments has one of its own.
 */
export const ZONE = 'Europe/Berlin';
/** The end of the last complete hour: midnight in Berlin, ten days into November. */
export const WATERMARK = Date.parse('2026-11-10T23:00:00Z');
const FIRST = Date.parse('2026-09-29T08:00:00Z');

const RATES = `
rate_cards:
  - name: kafka-2026
    valid_from: 2026-01-01
    prices:
      kafka_ingress_bytes: { per: 1073741824, unit_price: "0.10" }
      kafka_egress_bytes: { per: 1073741824, unit_price: "0.05" }
      kafka_ingress_messages: { per: 1000000, unit_price: "0.40" }
  - name: kafka-november
    valid_from: 2026-11-01
    prices:
      kafka_ingress_bytes: { per: 1073741824, unit_price: "0.12" }
  - name: payments-contract
    valid_from: 2026-10-01
    workspace: payments
    prices:
      kafka_ingress_bytes: { per: 1073741824, unit_price: "0.09" }
`;

/** The price of a unit per `per` units, by the file above and the rules of docs/model.md; null when there is none. */
function priceOf(meter: string, workspace: string, hour: Hour): { price: string; per: number } | null {
  const from = (day: string) => DateTime.fromISO(day, { zone: ZONE }).toMillis() <= hour;
  switch (meter) {
    case 'kafka_ingress_bytes':
      return {
        per: 2 ** 30,
        price: workspace === 'payments' && from('2026-10-01') ? '0.09' : from('2026-11-01') ? '0.12' : '0.10',
      };
    case 'kafka_egress_bytes':
      return { per: 2 ** 30, price: '0.05' };
    case 'kafka_ingress_messages':
      return { per: 1_000_000, price: '0.40' };
    default:
      return null;
  }
}

const payments = { cluster: 'vc-payments', workspace: 'payments', environment: 'prod', business_unit: 'retail' };
const RESOURCES: Array<Partial<Resource>> = [
  { ...payments, team: 'orders', application: 'checkout', topic: 'orders.created', principal: 'checkout' },
  { ...payments, team: 'ledger', application: 'ledger', topic: 'payments.settled', principal: 'ledger' },
  {
    cluster: 'vc-logistics',
    workspace: 'logistics',
    environment: 'prod',
    business_unit: 'transport',
    team: 'fleet',
    application: 'routing',
    topic: 'trucks.positions',
    principal: 'tracker',
  },
  { cluster: 'vc-logistics', topic: 'tmp.experiment', principal: 'tracker' },
];

const UNITS = { kafka_ingress_bytes: 2 ** 30, kafka_egress_bytes: 2 ** 30, kafka_ingress_messages: 500_000 };

/** Usage and its cost, computed apart from the collector's own statements. */
export interface CookbookFact extends UsageFixture {
  unit: string;
  resource: Resource;
  /** Null when there is no price. */
  cost: Decimal | null;
  /** Day and month of the billing time zone, `YYYY-MM-DD` and `YYYY-MM`. */
  day: string;
  month: string;
}

/** All usage: twice a day, and hourly in the last two days. */
export function cookbookFacts(): CookbookFact[] {
  const facts: CookbookFact[] = [];
  for (let hour = FIRST; hour < WATERMARK; hour += HOUR) {
    const clock = new Date(hour).getUTCHours();
    if (hour < WATERMARK - 48 * HOUR && clock !== 8 && clock !== 20) {
      continue;
    }
    RESOURCES.forEach((resource, index) => {
      const amount = 10 * (4 - index) + (new Date(hour).getUTCDate() % 5) + (clock === 20 ? 7 : 0);
      // The experiment has grown a lot in the last day.
      const grown = index === 3 && hour >= WATERMARK - 24 * HOUR ? 10 * amount : amount;
      for (const [meter, unit] of Object.entries(UNITS)) {
        facts.push(fact(hour, meter, resource, new Decimal(grown).times(unit)));
      }
      if (index === 2) {
        facts.push(fact(hour, 'kafka_requests', resource, new Decimal(1000 * amount)));
      }
    });
  }
  return facts;
}

function fact(hour: Hour, meter: string, given: Partial<Resource>, quantity: Decimal): CookbookFact {
  const resource = wholeResource(given);
  const price = priceOf(meter, resource.workspace, hour);
  const local = DateTime.fromMillis(hour, { zone: ZONE });
  return {
    hour,
    meter,
    resource,
    quantity: quantity.toFixed(),
    unit: meter.endsWith('bytes') ? 'byte' : meter.endsWith('messages') ? 'message' : 'request',
    cost: price && quantity.times(price.price).div(price.per),
    day: local.toFormat('yyyy-MM-dd'),
    month: local.toFormat('yyyy-MM'),
  };
}

/** The budgets of the ledger. */
export const BUDGETS = [
  { name: 'Payments', scope: { workspace: 'payments' }, amount: '2000', owner: 'Payments team', valid_from: '2026-10' },
  { name: 'Platform', scope: {}, amount: '12000', interval: 'quarter', owner: 'Platform team', valid_from: '2026-10' },
] as const;

/** The ledger, rated by the collector's own statements. */
export async function createCookbookLedger(facts: CookbookFact[]): Promise<TestDatabase> {
  const database = await createPricedLedger({ rates: RATES, usage: facts, timezone: ZONE });
  const context = testContext({ DATABASE_URL: database.url, CHARGEBACK_TIMEZONE: ZONE });
  try {
    for (const budget of BUDGETS) {
      await createBudget(context, BudgetInput.parse(budget), { actor: 'test', maySee: () => true });
    }
  } finally {
    await context.pool.end();
  }
  return database;
}
