import type { ChargebackAmounts, ChargebackSummary } from '../../api/chargeback';
import type { Context } from '../context';
import type { Queryable } from '../db/pool';
import { inSnapshot } from '../db/snapshot';
import {
  AMOUNTS_AS_JSON,
  amountsOfUsage,
  CONFIDENCE,
  readMeterColumns,
  SUMS_OF_AMOUNTS,
  type MeterColumns,
} from './chargeback-amounts';
import { readPeriod } from './chargeback-period';
import type { ChargebackScope } from './chargeback-scope';
import { otherCurrencies, unratedUsage, usedPart } from './chargeback-usage';
import { collectedPart } from './collected-part';
import { bindings, type CostRange } from './cost-source';
import { previousRange } from './previous-range';
import { requireRates } from './rates-in-force';
import { currentWatermark } from './watermark';

/** What stands above the lines of a scope, from one snapshot of the ledger. Throws NO_RATE_FOR_PERIOD. */
export async function readChargebackSummary(
  { pool, config }: Pick<Context, 'pool' | 'config'>,
  scope: ChargebackScope,
): Promise<ChargebackSummary> {
  const { timezone } = config;
  const asked = { ...scope, currency: scope.currency ?? config.currency };
  return inSnapshot(pool, async (db) => {
    const rates = await requireRates(db, scope);
    const columns = await readMeterColumns(db);
    const watermark = await currentWatermark(db);
    const before = previousRange({ from: scope.from, to: scope.to, timezone }, watermark);
    return {
      period: await readPeriod(db, scope, timezone),
      currency: asked.currency,
      watermark: watermark?.toISOString() ?? null,
      ...(await sumsOf(db, asked, timezone, columns)),
      previous: before && (await previousTotals(db, { ...asked, ...before }, timezone, columns)),
      rates,
    };
  });
}

type Sums = Omit<ChargebackSummary, 'period' | 'currency' | 'watermark' | 'previous' | 'rates'>;
type Asked = ChargebackScope & { currency: string };

async function sumsOf(db: Queryable, scope: Asked, timezone: string, columns: MeterColumns): Promise<Sums> {
  const { values, bind } = bindings();
  const code = bind(scope.currency);
  const { rows } = await db.query<Sums>(
    `with ${usedPart(scope, timezone, ['workspace', 'application', 'environment'], bind)}, line as materialized (
       select workspace, application, environment, ${amountsOfUsage(columns, bind)}, sum(confident_cost) as confident_cost
       from used where currency = ${code} group by workspace, application, environment
     ), environments as (
       select environment, ${SUMS_OF_AMOUNTS} from line group by environment
     ), total as (
       select count(*)::integer as lines, coalesce(sum(confident_cost), 0) as confident_cost, ${SUMS_OF_AMOUNTS} from line
     )
     select json_build_object(${AMOUNTS_AS_JSON}) as totals, (${CONFIDENCE})::double precision as confidence, lines,
       (select count(distinct workspace)::integer from used where workspace <> '') as workspaces,
       (select coalesce(json_agg(json_build_object('environment', environment, ${AMOUNTS_AS_JSON}) order by total_cost desc, environment collate "C"), '[]') from environments) as environments,
       (select json_build_object('cost', trim_scale(coalesce(sum(cost) filter (where currency = ${code}), 0))::text, 'resources', count(distinct resource_id)) from used where workspace = '') as unallocated,
       ${unratedUsage()} as unrated, ${otherCurrencies(code)} as other_currencies
     from total`,
    values,
  );
  const [sums] = rows;
  if (!sums) {
    throw new Error('a sum without groups gives one row');
  }
  return sums;
}

/** The totals of an earlier range; null when nothing of it was collected. */
async function previousTotals(
  db: Queryable,
  scope: Asked,
  timezone: string,
  columns: MeterColumns,
): Promise<ChargebackSummary['previous']> {
  const range: CostRange = { from: scope.from, to: scope.to, timezone };
  const collected = await collectedPart(db, range);
  if (collected === 'nothing') {
    return null;
  }
  const { values, bind } = bindings();
  const { rows } = await db.query<{ totals: ChargebackAmounts }>(
    `with ${usedPart(scope, timezone, [], bind)}, total as (
       select ${amountsOfUsage(columns, bind)} from used where currency = ${bind(scope.currency)}
     ) select json_build_object(${AMOUNTS_AS_JSON}) as totals from total`,
    values,
  );
  const [row] = rows;
  return row
    ? {
        start: scope.from.toISOString(),
        end: scope.to.toISOString(),
        complete: collected === 'all',
        totals: row.totals,
      }
    : null;
}
