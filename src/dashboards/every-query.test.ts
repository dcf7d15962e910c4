import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import type { PoolClient, QueryResult } from 'pg';
import { HOUR } from '../domain/hours';
import { createDashboardLedger } from '../testing/dashboard-ledger';
import { panelsOf } from '../testing/dashboard-panels';
import { promqlQueries, sqlQueries } from '../testing/dashboard-queries';
import { sampleFacts, ZONE } from '../testing/dashboard-sample';
import { offers, type Offer } from '../testing/dashboard-variables';
import type { TestDatabase } from '../testing/database';
import { startDemoOrganisation, type DemoOrganisation } from '../testing/demo-organisation';
import { grafanaSql, type Chosen, type PanelRequest } from '../testing/grafana-sql';
import { answerOf } from '../testing/promql-answer';
import { dashboards } from './generated-files';

/*
 * Every query of every dashboard on real PostgreSQL and real Prometheus, through Grafana's own rules for macros and variables, as the role that
 * may read the views only. What the figures must be is tested beside each dashboard.
 */
const DAY = 24 * HOUR;
const NOW = Math.floor(Date.now() / HOUR) * HOUR;

let organisation: DemoOrganisation;
let sample: TestDatabase;
let empty: TestDatabase;
beforeAll(async () => {
  [organisation, sample, empty] = await Promise.all([
    startDemoOrganisation(4, NOW),
    createDashboardLedger(ZONE, sampleFacts()),
    createDashboardLedger(ZONE, []),
  ]);
});
afterAll(() => Promise.all([organisation.stop(), sample.drop(), empty.drop()]));

type Choice = { name: string; variables: Record<string, Chosen> };

const opened = (offered: Record<string, Offer>): Choice => ({
  name: 'as it is opened',
  variables: Object.fromEntries(Object.entries(offered).map(([name, { first }]) => [name, first])),
});

/** The dashboard as it is opened, and with one value of each variable. */
const oneByOne = (offered: Record<string, Offer>): Choice[] => withEach(offered, ({ values }) => [values.slice(0, 1)]);

/** As it is opened, and each variable with one value, several, none that exists, and values with a quote in them. */
const everyWay = (offered: Record<string, Offer>): Choice[] =>
  withEach(offered, ({ values, multi }) => [
    ...values.slice(0, multi ? 1 : 20).map((value) => [value]),
    ["o'brien"],
    ...(multi ? [values.slice(0, 3), ['', "o'brien & sons", 'no such']] : []),
  ]);

function withEach(offered: Record<string, Offer>, tried: (offer: Offer) => string[][]): Choice[] {
  const first = opened(offered);
  return Object.entries(offered).reduce(
    (found, [name, offer]) => [
      ...found,
      ...tried(offer)
        .filter(({ length }) => length > 0)
        .map((chosen) => ({
          name: `${name} = ${JSON.stringify(chosen)}`,
          variables: { ...first.variables, [name]: chosen },
        })),
    ],
    [first],
  );
}

/** Names of the columns that a table of the dashboard does not show. */
function hiddenColumns(dashboard: Dashboard): Set<string> {
  return new Set(
    panelsOf(dashboard).flatMap(({ fieldConfig }) =>
      (fieldConfig?.overrides ?? [])
        .filter(({ properties }) => properties.some(({ id }) => id === 'custom.hideFrom.viz'))
        .map(({ matcher }) => String(matcher.options)),
    ),
  );
}

/** What Grafana would show badly of an answer. */
function badly({ fields, rows }: QueryResult<Record<string, unknown>>, format: string, hidden: Set<string>): string[] {
  const names = fields.map(({ name }) => name);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  const unnamed = names.filter((name) => !hidden.has(name) && rows.some((row) => row[name] === ''));
  const times = rows.map(({ time }) => (time instanceof Date ? time.getTime() : NaN));
  return [
    ...twice.map((name) => `column ${name} is there twice`),
    ...unnamed.map((name) => `column ${name} has an empty text: Grafana shows the name of the column instead`),
    ...(format === 'time_series' && names.join() !== 'time,metric,value' && names.join() !== 'time,value'
      ? [`a time series of columns ${names.join()}`]
      : []),
    ...(format === 'time_series' && times.some((time, index) => !(time >= (times[index - 1] ?? -Infinity)))
      ? ['times that do not ascend']
      : []),
  ];
}

async function problemsOf(
  client: PoolClient,
  dashboard: Dashboard,
  request: PanelRequest,
  choices: (offered: Record<string, Offer>) => Choice[],
): Promise<string[]> {
  const hidden = hiddenColumns(dashboard);
  const found: string[] = [];
  for (const { name, variables } of choices(await offers(client, dashboard, request))) {
    for (const { panel, sql, format } of sqlQueries(dashboard)) {
      try {
        const result = await client.query<Record<string, unknown>>(grafanaSql(sql, { ...request, variables }));
        found.push(...badly(result, format, hidden).map((problem) => `${panel}, ${name}: ${problem}`));
      } catch (error) {
        found.push(`${panel}, ${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  return found;
}

/** A month in which the sample has its facts. */
const MARCH = [Date.parse('2026-02-28T23:00:00Z'), Date.parse('2026-03-31T22:00:00Z')] as const;

interface Case {
  name: string;
  ledger: () => TestDatabase;
  range: readonly [from: number, to: number];
  choices: (offered: Record<string, Offer>) => Choice[];
}

const CASES: Case[] = [
  {
    name: "the demo's organisation, four days",
    ledger: () => organisation.database,
    range: [NOW - 4 * DAY, NOW],
    choices: oneByOne,
  },
  {
    name: "the demo's organisation, half a day",
    ledger: () => organisation.database,
    range: [NOW - DAY / 2, NOW],
    choices: (offered) => [opened(offered)],
  },
  {
    name: "the demo's organisation, a year",
    ledger: () => organisation.database,
    range: [NOW - 365 * DAY, NOW],
    choices: (offered) => [opened(offered)],
  },
  { name: 'a month of a ledger with odd names', ledger: () => sample, range: MARCH, choices: everyWay },
  { name: 'an empty ledger', ledger: () => empty, range: [NOW - 30 * DAY, NOW], choices: oneByOne },
];

describe.each(dashboards().map((dashboard) => ({ name: dashboard.uid ?? '', dashboard })))('$name', ({ dashboard }) => {
  test.each(CASES)('every query answers: $name', async ({ ledger, range: [from, to], choices }) => {
    const client = await ledger().pool.connect();
    try {
      await client.query('set role chargeback_reader');
      const request = { from: new Date(from), to: new Date(to) };
      expect(await problemsOf(client, dashboard, request, choices)).toEqual([]);
    } finally {
      await client.query('reset role');
      client.release();
    }
  });
});

describe.each(
  dashboards()
    .filter((dashboard) => promqlQueries(dashboard).length > 0)
    .map((dashboard) => ({ name: dashboard.uid ?? '', dashboard })),
)('$name in PromQL', ({ dashboard }) => {
  test('every query answers with samples of the organisation, as the dashboard is opened', async () => {
    const request = { from: new Date(NOW - DAY / 4), to: new Date(NOW) };
    const { variables } = opened(await offers(organisation.database.pool, dashboard, request));
    const silent: string[] = [];
    for (const { panel, query } of promqlQueries(dashboard)) {
      const series = await answerOf(organisation.prometheus, query, { ...request, variables });
      if (series.every(({ values }) => values.length === 0)) {
        silent.push(panel);
      }
    }
    // The organisation is made, not scraped: there is no `up`.
    expect(silent.filter((panel) => !panel.startsWith('chargeback-collector'))).toEqual([]);
  });
});
