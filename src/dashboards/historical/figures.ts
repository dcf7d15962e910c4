import {
  ReduceDataOptionsBuilder,
  VizOrientation,
  VizTextDisplayOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { LINKS } from '../links';
import { EMPTY } from '../panels/empty-texts';
import { figure } from '../panels/figure';
import { absolute } from '../panels/thresholds';
import { TOTAL_COST } from '../queries/cost-center-costs';
import { COVERAGE } from '../queries/coverage';
import { CHECKED_DAYS, HEX } from '../queries/checked-days';
import { THRESHOLDS } from '../thresholds';
import { MONEY } from '../panels/money-unit';

/** What it all cost. */
export const totalCost = (id: number) =>
  figure({
    id,
    title: 'Total cost, ${currency}',
    description:
      'Cost of all complete hours in the time range, for the chosen filters. Other currencies are not in it.',
    sql: TOTAL_COST,
    unit: MONEY,
    decimals: 2,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.nothingCollected,
  }).links([LINKS.setup()]);

const COVERED = `with ${COVERAGE},
  whole as (
    select begins, bool_and(collected >= expected) as covered from coverage where expected > 0 group by begins
  )
select 100.0 * count(*) filter (where covered) / nullif(count(*), 0) as "Days covered",
  case when count(*) > 0 then count(*) filter (where covered) || ' of ' || count(*) || ' days' end as "Days"
from whole`;

/** Whether anything is missing: a sum over a range with holes is no audit. */
export const daysCovered = (id: number) =>
  figure({
    id,
    title: 'Days covered',
    description:
      'Days of the time range, from the first that was ever collected, all of whose hours were collected of every meter by two hours after their end. A day with any missing hour is not covered. Filters do not apply.',
    sql: COVERED,
    unit: 'percent',
    thresholds: THRESHOLDS.daysCovered,
    noValue: EMPTY.notApplicable,
  })
    .reduceOptions(new ReduceDataOptionsBuilder().values(false).calcs(['lastNotNull']).fields('/.*/'))
    .orientation(VizOrientation.Horizontal)
    .text(new VizTextDisplayOptionsBuilder().titleSize(14).valueSize(20))
    .overrideByName('Days', [
      { id: 'thresholds', value: absolute(THRESHOLDS.plain).build() },
      { id: 'unit', value: 'string' },
    ]);

const FACTS_COUNTED = `with ${CHECKED_DAYS}
select case when count(k.day) > 0 then coalesce(sum(c.facts), 0) end as "Facts",
  case when count(k.day) > 0 then ${HEX('mod(coalesce(sum(c.checksum), 0), 18446744073709551616)')} end as "Checksum",
  case when count(*) > 0 then count(k.day) || ' of ' || count(*) || ' days checked' end as "Checked"
from day d
left join chargeback.checked_days k on k.day = d.day
left join chargeback.ledger_checks c on c.day = d.day and c.currency = \${currency:sqlstring}`;

/** How many facts the ledger holds of the whole days of the range, and a checksum that tells whether any was changed. */
export const factsCounted = (id: number) =>
  figure({
    id,
    title: 'Facts and checksum, ${currency}',
    description:
      'Hourly cost facts in the chosen currency of all billing days of the time range that are over, and the sum of their checksums: the same facts have the same one in any order. As they were when each day was last checked (see the table of checks). Filters do not apply.',
    sql: FACTS_COUNTED,
    unit: 'locale',
    decimals: 0,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.notChecked,
  })
    .reduceOptions(new ReduceDataOptionsBuilder().values(false).calcs(['lastNotNull']).fields('/.*/'))
    .orientation(VizOrientation.Horizontal)
    .text(new VizTextDisplayOptionsBuilder().titleSize(14).valueSize(18))
    .overrideByRegexp('/Checksum|Checked/', [{ id: 'unit', value: 'string' }]);
