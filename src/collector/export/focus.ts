import { stringify } from 'csv-stringify/sync';
import { startOfDay, billingMonthOf } from '../../domain/billing-month';
import { Decimal, formatDecimal } from '../../domain/decimal';
import { RESOURCE_FIELDS, type ResourceField } from '../../domain/resource';
import type { Context } from '../context';
import type { Queryable } from '../db/pool';
import { readDailyCosts, type DailyCost } from '../ledger/daily-costs';
import type { ChargebackScope } from '../ledger/chargeback-scope';
import { csvText } from './csv-cell';

/** The columns of FOCUS 1.1 that usage and prices can fill, in alphabetical order as the specification lists them. */
const COLUMNS = [
  'BilledCost',
  'BillingAccountId',
  'BillingAccountName',
  'BillingCurrency',
  'BillingPeriodEnd',
  'BillingPeriodStart',
  'ChargeCategory',
  'ChargeClass',
  'ChargeDescription',
  'ChargeFrequency',
  'ChargePeriodEnd',
  'ChargePeriodStart',
  'ConsumedQuantity',
  'ConsumedUnit',
  'ContractedCost',
  'EffectiveCost',
  'InvoiceIssuerName',
  'ListCost',
  'PricingCategory',
  'PricingQuantity',
  'PricingUnit',
  'ProviderName',
  'PublisherName',
  'RegionId',
  'ResourceId',
  'ResourceName',
  'ResourceType',
  'ServiceCategory',
  'ServiceName',
  'SkuId',
  'SkuPriceId',
  'SubAccountId',
  'SubAccountName',
  'Tags',
] as const;

/** What identifies a resource in the provider's world, most general first. */
const IDENTITY = ['cluster', 'topic', 'principal', 'agent', 'model'] as const satisfies readonly ResourceField[];

/**
 * All costs of the scope as FOCUS CSV text, part by part: a row for each day, meter, resource and rate card, in every
 * currency; within a transaction. Memory stays small however long the month. Figures are exact; usage without a price has
 * no row.
 */
export async function* focusCsv(
  db: Queryable,
  { config: { timezone } }: Pick<Context, 'config'>,
  scope: ChargebackScope,
): AsyncGenerator<string> {
  let head = stringify([COLUMNS]);
  for await (const costs of readDailyCosts(db, { ...scope, timezone })) {
    yield (
      head +
      stringify(
        costs.map((cost) => row(cost, timezone)),
        { quoted_match: /[\r\n]/ },
      )
    );
    head = '';
  }
  if (head !== '') {
    yield head;
  }
}

function row(cost: DailyCost, timezone: string): string[] {
  const start = startOfDay(cost.day, timezone) ?? new Date(NaN);
  const month = billingMonthOf(start, timezone);
  const amount = formatDecimal(cost.cost);
  const priced = new Decimal(cost.quantity).div(cost.per).toDecimalPlaces(30);
  const id = IDENTITY.map((field) => cost[field])
    .filter(Boolean)
    .join('/');
  const cells: Record<(typeof COLUMNS)[number], string> = {
    BilledCost: amount,
    BillingAccountId: csvText(cost.organization || 'chargeback'),
    BillingAccountName: csvText(cost.organization || 'chargeback'),
    BillingCurrency: cost.currency,
    BillingPeriodEnd: iso(month.end),
    BillingPeriodStart: iso(month.start),
    ChargeCategory: 'Usage',
    ChargeClass: '',
    ChargeDescription: csvText(`${cost.meter} at ${cost.rate_card}`),
    ChargeFrequency: 'Usage-Based',
    ChargePeriodEnd: iso(nextDay(cost.day, timezone)),
    ChargePeriodStart: iso(start),
    ConsumedQuantity: formatDecimal(cost.quantity),
    ConsumedUnit: cost.unit,
    ContractedCost: amount,
    EffectiveCost: amount,
    InvoiceIssuerName: 'Chargeback',
    // What the general price would have come to is not known where a workspace has a price of its own.
    ListCost: cost.card_workspace === '' ? amount : '',
    PricingCategory: cost.card_workspace === '' ? 'Standard' : 'Committed',
    PricingQuantity: formatDecimal(priced),
    PricingUnit: cost.per === '1' ? cost.unit : `${cost.per} ${cost.unit}`,
    ProviderName: 'Chargeback',
    PublisherName: 'Chargeback',
    RegionId: '',
    ResourceId: csvText(id),
    ResourceName: csvText(cost.topic || cost.principal || cost.agent || cost.model || cost.cluster),
    ResourceType: IDENTITY.findLast((field) => cost[field] !== '') ?? '',
    ServiceCategory: service(cost.meter).category,
    ServiceName: service(cost.meter).name,
    SkuId: cost.meter,
    SkuPriceId: `${cost.rate_card_id}/${cost.meter}`,
    SubAccountId: csvText(cost.workspace),
    SubAccountName: csvText(cost.workspace || 'Unallocated'),
    Tags: JSON.stringify({
      ...Object.fromEntries(RESOURCE_FIELDS.flatMap((field) => (cost[field] === '' ? [] : [[field, cost[field]]]))),
      ...cost.labels,
    }),
  };
  return COLUMNS.map((column) => cells[column]);
}

/** FOCUS wants one of its service categories; the meter's name says which world it belongs to. */
function service(meter: string): { name: string; category: string } {
  if (meter.startsWith('kafka_')) {
    return { name: 'Kafka', category: 'Integration' };
  }
  if (meter.startsWith('llm_')) {
    return { name: 'Language models', category: 'AI and Machine Learning' };
  }
  return meter.startsWith('instance_')
    ? { name: 'Instances', category: 'Compute' }
    : { name: meter, category: 'Other' };
}

const iso = (at: Date) => at.toISOString().replace('.000Z', 'Z');

function nextDay(day: string, timezone: string): Date {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 3_600_000).toISOString().slice(0, 10);
  return startOfDay(next, timezone) ?? new Date(NaN);
}
