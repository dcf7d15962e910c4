import type { ChargebackLines, ChargebackPageLine } from '../../api/chargeback';
import { Decimal } from '../../domain/decimal';
import { startApi, type ApiServer } from '../../testing/api-server';
import type { TestDatabase } from '../../testing/database';
import { createPricedLedger, KAFKA_RATES, marchHour } from '../../testing/priced-ledger';

const APPLICATIONS = 5000;

let database: TestDatabase;
let api: ApiServer;
beforeAll(async () => {
  database = await createPricedLedger({
    rates: KAFKA_RATES,
    usage: Array.from({ length: APPLICATIONS }, (_, index) => ({
      hour: marchHour(index % 24),
      meter: 'kafka_connection_hours',
      resource: {
        workspace: `ws ${index % 500}`,
        application: `app-${index}`,
        environment: index % 2 ? 'prod' : 'dev',
      },
      // Only 50 different costs, so that most lines are told apart by nothing but their names.
      quantity: String(index % 50),
    })),
  });
  api = await startApi(database.url);
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

const page = async (query: string) =>
  (await api.asAdmin(`/v1/chargeback/lines?period=2026-03&${query}`)).json as ChargebackLines;

async function allPages(query: string, limit: number): Promise<ChargebackPageLine[]> {
  const lines: ChargebackPageLine[] = [];
  for (;;) {
    const { lines: more, found } = await page(`${query}&limit=${limit}&offset=${lines.length}`);
    lines.push(...more);
    if (more.length === 0 || lines.length >= found.lines) {
      return lines;
    }
  }
}

test('5,000 applications: the pages hold every one of them once, in the order of their costs, and add up to the totals', async () => {
  const lines = await allPages('sort=-total_cost', 500);
  expect(new Set(lines.map(({ application }) => application)).size).toBe(APPLICATIONS);
  expect(lines).toHaveLength(APPLICATIONS);
  const { found, all } = await page('limit=1');
  expect(found).toEqual({
    lines: APPLICATIONS,
    totals: expect.objectContaining({
      total_cost: lines.reduce((sum, line) => sum.plus(line.total_cost), new Decimal(0)).toFixed(),
    }),
  });
  expect(all).toEqual(found);
  const costs = lines.map(({ total_cost }) => new Decimal(total_cost));
  expect(costs.every((cost, index) => index === 0 || cost.lte(costs[index - 1] ?? 0))).toBe(true);
});

test('names come as people count: 2 before 10', async () => {
  const names = (await allPages('sort=application&search=ws+7+prod', 3)).map(({ application }) => application);
  const numbers = names.map((name) => Number(name?.slice('app-'.length)));
  expect(numbers.length).toBeGreaterThan(100);
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  expect((await page('sort=application')).lines.slice(0, 11).map(({ application }) => application)).toEqual(
    Array.from({ length: 11 }, (_, index) => `app-${index}`),
  );
});

test('beyond the last page there is nothing, and the totals stay', async () => {
  const last = await page('offset=4999&limit=25');
  const beyond = await page('offset=5000&limit=25');
  expect([last.lines.length, beyond.lines.length, beyond.offset]).toEqual([1, 0, 5000]);
  expect(beyond.found).toEqual(last.found);
});

test('the file has all of them', async () => {
  const { text } = await api.asAdmin('/v1/chargeback.csv?period=2026-03');
  expect(text.split('\n')).toHaveLength(APPLICATIONS + 3);
});
