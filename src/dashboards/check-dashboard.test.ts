import type { Dashboard, Panel, VariableModel } from '@grafana/grafana-foundation-sdk/dashboard';
import { checkDashboard } from './check-dashboard';
import { checkPromql } from './check-promql';
import { checkSql } from './check-sql';
import { gatewayDashboard } from './gateway/gateway-dashboard';
import { dashboards } from './generated-files';

/** The dashboard with something changed in it. */
function spoiled(
  change: (dashboard: Dashboard, panel: Panel, variable: (name: string) => VariableModel) => void,
): string[] {
  const dashboard = structuredClone(JSON.parse(JSON.stringify(dashboards()[0])) as Dashboard);
  change(
    dashboard,
    dashboard.panels?.[0] as Panel,
    (name) => dashboard.templating.list?.find((one) => one.name === name) as VariableModel,
  );
  return checkDashboard(dashboard);
}

test('our dashboards have none of the faults', () => {
  expect(dashboards().flatMap(checkDashboard)).toEqual([]);
});

test('each fault is found, and named with its panel or variable', () => {
  expect(spoiled((_, panel) => delete panel.fieldConfig?.defaults.thresholds)).toEqual([
    expect.stringMatching(/panel "Total cost.*has no thresholds/),
  ]);
  expect(spoiled((_, panel) => delete panel.fieldConfig?.defaults.noValue)).toEqual([
    expect.stringMatching(/has no text for the case/),
  ]);
  expect(spoiled((_, panel) => delete panel.description)).toEqual([expect.stringMatching(/has no description/)]);
  expect(spoiled((_, panel) => (panel.id = 2))).toEqual(['chargeback-costs: panel id 2 is there twice']);
  expect(spoiled((_, panel) => Object.assign(panel.targets?.[0] ?? {}, { datasource: { uid: 'other' } }))).toEqual([
    expect.stringMatching(/reads "other"/),
  ]);
  expect(
    spoiled((_, panel) => Object.assign(panel.targets?.[0] ?? {}, { rawSql: 'select 1 from hourly_cost_facts' })),
  ).toEqual([expect.stringMatching(/panel "Total cost.*reads "hourly_cost_facts"/)]);
  expect(spoiled((dashboard) => Object.assign(dashboard, { __inputs: [] }))).toEqual([
    expect.stringMatching(/__inputs/),
  ]);
  expect(spoiled((dashboard) => (dashboard.uid = 'costs'))).toEqual([
    expect.stringMatching(/does not begin with chargeback-/),
  ]);
  expect(spoiled((_, __, variable) => delete variable('workspace').allValue)).toEqual([
    expect.stringMatching(/variable "workspace" has "All" without/),
  ]);
  expect(spoiled((_, __, variable) => (variable('currency').multi = true))).toEqual([
    expect.stringMatching(/variable "currency" lets several/),
  ]);
  expect(spoiled((_, __, variable) => (variable('facts').query = 'postgres'))).toEqual([
    expect.stringMatching(/datasources of another type/),
  ]);
});

test.each([
  ['select 1 from daily_cost_facts', /reads "daily_cost_facts"/],
  ['select 1 from chargeback.periods p join chargeback_data.fact f on true', /reads "chargeback_data.fact"/],
  ["select 1 from chargeback.periods where period = '${month}'", /unquoted.*\$\{month:sqlstring\}/],
  ['select 1 from chargeback.periods where period = $month', /uses \$month/],
  ['select 1 from chargeback.periods where period = [[month]]', /uses \[\[month\]\]/],
  ['select 1 from chargeback.hourly_usage where $__timeFilter(hour)', /uses \$__timeFilter\(/],
  ['select $__timeGroup(hour, 1d) from chargeback.hourly_usage', /uses \$__timeGroup\(/],
  ['select 1 from chargeback.hourly_usage where hour >= $__timeFrom()', /without a cast/],
  ['select 1 from chargeback.hourly_usage limit 100', /limit/],
  ['select 1 from chargeback.daily_usage where day = current_date', /day of the session/],
  ['select u.team as "Team" from chargeback.daily_usage u', /shows team as "Team" without a name/],
  ['select hour as time, topic as metric, quantity as value from chargeback.hourly_usage', /shows topic as metric/],
])('%s is refused', (sql, problem) => {
  expect([...checkSql(sql)]).toEqual([expect.stringMatching(problem)]);
});

test('what is right passes', () => {
  const sql = `with one as (select hour from chargeback.hourly_usage where hour >= $__timeFrom()::timestamptz and meter in (\${meter:sqlstring})), two as materialized (select * from one)
    select coalesce(nullif(team, ''), 'Unallocated') as "Team", team as "key" from two join one using (hour) cross join generate_series(1, 2) where hour is distinct from hour`;
  expect([...checkSql(sql)]).toEqual([]);
});

test.each([
  ['x{a="${one}"}', /puts \$\{one\}/],
  ['x{a=~"$one"}', /puts \$one/],
  ['x{a=~"${one:regex}"}', /other than by =~`/],
  ['x{a=`${one:regex}`}', /other than by =~`/],
  ['x{a=~`${one:pipe}`}', /write \$\{one:regex\}/],
  ['sum(rate(x{a="b"}[$__interval]))', /rate\(\) over \$__interval/],
  ['increase(x[$__interval])', /increase\(\) over \$__interval/],
  ['rate(x[5m])', /over a fixed time/],
])('%s is refused in PromQL', (expr, problem) => {
  expect([...checkPromql(expr)]).toEqual([expect.stringMatching(problem)]);
});

test('PromQL that is right passes', () => {
  const expr =
    'rate(x{a=~`${one:regex}`, b!~`${two:regex}`}[$__rate_interval]) * ${price:raw} + increase(x[$__range]) + last_over_time(y[$__interval]) + increase(x[1h])';
  expect([...checkPromql(expr)]).toEqual([]);
});

test('a dashboard of Prometheus needs a choice of Prometheus, and its own text for "All"', () => {
  const spoilt = (change: (list: VariableModel[]) => VariableModel[]) => {
    const dashboard = JSON.parse(JSON.stringify(gatewayDashboard())) as Dashboard;
    dashboard.templating.list = change(dashboard.templating.list ?? []);
    return checkDashboard(dashboard);
  };
  expect(spoilt((list) => list)).toEqual([]);
  expect(spoilt((list) => list.filter(({ name }) => name !== 'usage'))).toEqual([
    expect.stringMatching(/without the variable "usage"/),
  ]);
  expect(
    spoilt((list) => list.map((one) => (one.name === 'virtual_cluster' ? { ...one, allValue: '.*' } : one))),
  ).toEqual([expect.stringMatching(/variable "virtual_cluster" has "All" without/)]);
});
