import { keyOf, toChargeback, toDashboard } from '../links-to';
import { MOVERS } from '../queries/movers';
import { THRESHOLDS } from '../thresholds';
import { COSTS_DASHBOARD } from '../uids';
import { COLUMN } from './columns';
import { EMPTY } from './empty-texts';
import { table } from './table';

/** Whose cost changed most against the range before, and what it comes from. */
export const moversTable = (id: number) =>
  table({
    id,
    title: 'What changed most, ${currency}',
    description:
      'Every application, the largest change first, against the range before of the same elapsed time. Driver: the largest part of the change, and how much it is. Volume: the meter is used more by all; mix: a larger part of it falls to this application; price: a unit costs more; new and ended: used in one of the two ranges only; fixed: without a quantity. Change % is left out where the range before is not collected as a whole.',
    sql: MOVERS,
    noValue: EMPTY.noCost,
    columns: {
      Application: COLUMN.entity([
        toDashboard('Costs of its workspace', COSTS_DASHBOARD, { workspace: keyOf('key') }),
        toChargeback('In Chargeback', 'search'),
      ]),
      Owner: COLUMN.text(170),
      Before: COLUMN.money(),
      Now: COLUMN.money(),
      Change: COLUMN.change(),
      'Change %': COLUMN.graded(THRESHOLDS.costChange, 'percentunit', 1, 95),
      Driver: COLUMN.text(160),
      key: COLUMN.hidden(),
      search: COLUMN.hidden(),
    },
  });
