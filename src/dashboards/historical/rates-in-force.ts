import { LegendDisplayMode, LegendPlacement, VizLegendOptionsBuilder } from '@grafana/grafana-foundation-sdk/common';
import { FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { EMPTY } from '../panels/empty-texts';
import { stateTimeline } from '../panels/state-timeline';
import { ALL_VALUE } from '../queries/dimensions';
import { PER_UNIT } from '../queries/priced-per';
import { sqlQuery } from '../sql-query';
import { THRESHOLDS } from '../thresholds';

const SQL = `with price as (
  select meter || case when workspace = '' then '' else ' for ' || workspace end as series,
    rate_card || ': ' || tiers || ' per ' || ${PER_UNIT} as price,
    greatest(valid_from, $__timeFrom()::timestamptz) as begins, valid_to
  from chargeback.prices p
  where p.currency = \${currency:sqlstring}
    and p.valid_from < least(now(), $__timeTo()::timestamptz) and coalesce(p.valid_to, 'infinity') > $__timeFrom()::timestamptz
    and (workspace = '' or ${ALL_VALUE} in (\${workspace:sqlstring}) or workspace in (\${workspace:sqlstring}))
)
select begins as "time", series as "series", price as "price"
from price
union all
select least(now(), $__timeTo()::timestamptz), series, (array_agg(price order by begins desc))[1]
from price group by series
order by 1, 2`;

/** Which price of which rate card was in force for every meter, and since when. */
export const ratesInForce = (id: number) =>
  stateTimeline({
    id,
    title: 'Prices in force, ${currency}',
    description:
      'The rate card and price of every meter at each moment of the time range; "for" names the workspace that has a price of its own, which goes before the general one. Of several tiers each begins at that multiple of the unit, counted over the month.',
    sql: SQL,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.noPrices,
  })
    // Grafana takes only numbers as time series; a table is taken apart by series.
    .targets([sqlQuery({ sql: SQL })])
    .withTransformation({
      id: 'partitionByValues',
      options: { fields: ['series'], keepFields: false, naming: { asLabels: true } },
    })
    .displayName('${__field.labels.series}')
    .colorScheme({ build: () => ({ mode: FieldColorModeId.PaletteClassic }) })
    .lineWidth(1)
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(false)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .calcs([]),
    );
