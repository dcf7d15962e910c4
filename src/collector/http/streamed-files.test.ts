import { request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chargeback } from '../../api/chargeback';
import type { Costs, CostRow } from '../../api/costs';
import { Decimal } from '../../domain/decimal';
import { ADMIN_TOKEN, startApi, type ApiServer } from '../../testing/api-server';
import type { TestDatabase } from '../../testing/database';
import { createPricedLedger, KAFKA_RATES, marchHour } from '../../testing/priced-ledger';
import { startServing } from '../../testing/serving-program';
import { streamSnapshot } from '../db/stream-snapshot';

/** A million facts: 250 topics in each of 4,000 hours, and one before them with names that are dangerous in a spreadsheet. */
const [TOPICS, HOURS] = [250, 4000];
const FORMULA = { workspace: '=cmd|calc', topic: '@SUM(1)', application: '"quoted", of\nlines' };
const MARCH = 'from_ts=2026-03-01T00:00:00Z&to_ts=2026-04-01T00:00:00Z';
const ALL = 'from_ts=2026-03-01T00:00:00Z&to_ts=2026-10-01T00:00:00Z&granularity=hour&group_by=topic,workspace';

let database: TestDatabase;
let api: ApiServer;
beforeAll(async () => {
  database = await createPricedLedger({
    rates: KAFKA_RATES,
    usage: [
      ...Array.from({ length: TOPICS }, (_, topic) => ({
        hour: marchHour(0),
        meter: 'kafka_ingress_bytes',
        resource: {
          topic: `topic-${topic}`,
          workspace: topic % 2 ? 'payments' : 'search',
          application: `app-${topic % 9}`,
        },
        quantity: String(1_000_000_007 * (topic + 1)),
      })),
      { hour: marchHour(0), meter: 'kafka_egress_bytes', resource: FORMULA, quantity: '1073741825' },
    ],
  });
  await database.pool.query(`select chargeback_data.ensure_partitions('2026-03-01Z', '2026-10-01Z')`);
  await database.pool.query(
    `insert into chargeback_data.fact (hour, meter_id, resource_id, price_id, quantity, cost, coverage, estimated)
     select f.hour + h * interval '1 hour', meter_id, resource_id, price_id, quantity + h, cost, coverage, estimated
     from chargeback_data.fact f, generate_series(1, $1::integer - 1) h`,
    [HOURS],
  );
  api = await startApi(database.url);
}, 120_000);
afterAll(async () => {
  await api.close();
  await database.drop();
});

/** Begins to read a file; what comes is left where it is. */
async function begin(
  path: string,
  url = api.url,
  headers: Record<string, string> = { authorization: `Bearer ${ADMIN_TOKEN}` },
): Promise<IncomingMessage> {
  const sent = request(`${url}${path}`, { agent: false, headers });
  sent.end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return answer;
}

/** Reads the rest of a file; how many lines there were, and the last one. */
async function readLines(answer: IncomingMessage): Promise<{ lines: number; last: string }> {
  let [lines, last] = [0, ''];
  for await (const chunk of answer) {
    const parts = (last + String(chunk)).split('\n');
    last = parts.pop() ?? '';
    lines += parts.length;
    last = last === '' ? `${parts.at(-1)}\n` : last;
    if (last.endsWith('\n')) {
      lines -= 1;
    }
  }
  return { lines: lines + (last.endsWith('\n') ? 1 : 0), last: last.trimEnd() };
}

const jsonLines = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as CostRow);

/** What connections are within a transaction: none when nothing is being read. */
async function inTransaction(): Promise<number> {
  const { rows } = await database.pool.query<{ n: number }>(
    `select count(*)::integer as n from pg_stat_activity
     where datname = current_database() and application_name = 'chargeback' and xact_start is not null and pid <> pg_backend_pid()`,
  );
  return rows[0]?.n ?? 0;
}

async function expectNothingOpen(): Promise<void> {
  for (let attempt = 0; attempt < 200 && (await inTransaction()) > 0; attempt++) {
    await sleep(50);
  }
  expect(await inTransaction()).toBe(0);
}

test.each(['hour', 'day', 'month', 'total'])('by %s a file has the rows of all pages, in their order', async (by) => {
  const query = `from_ts=2026-03-01T00:00:00Z&to_ts=2026-03-03T05:00:00Z&granularity=${by}&group_by=workspace,application`;
  const rows: CostRow[] = [];
  for (let cursor = ''; ;) {
    const page = (await api.asAdmin(`/v1/costs?${query}&limit=700${cursor}`)).json as Costs;
    rows.push(...page.data);
    if (page.next_cursor === null) {
      break;
    }
    cursor = `&cursor=${page.next_cursor}`;
  }
  const file = await api.asAdmin(`/v1/costs.ndjson?${query}`);
  expect(jsonLines(file.text)).toEqual(rows);
  expect(file.headers).toMatchObject({
    'content-type': 'application/x-ndjson; charset=utf-8',
    'content-disposition': 'attachment; filename="kafka-costs-platform-2026-03-01-to-2026-03-03.ndjson"',
  });
});

test('in CSV what a spreadsheet would run is text, and every figure is exact', async () => {
  const query = 'from_ts=2026-03-01T00:00:00Z&to_ts=2026-03-01T01:00:00Z&group_by=workspace,topic,application';
  const file = await api.asAdmin(`/v1/costs.csv?${query}&charge_type=kafka_egress_bytes`);
  expect(file.text).toBe(
    'workspace,topic,application,quantity,unit,cost,currency,confidence\n' +
      `'=cmd|calc,'@SUM(1),"""quoted"", of\nlines",1073741825,byte,${new Decimal('0.05').mul(1073741825).div(1073741824).toDecimalPlaces(12).toFixed()},USD,1\n`,
  );
  const none = await api.asAdmin(`/v1/costs.csv?${query}&charge_type=kafka_requests`);
  expect(none.text).toBe('workspace,topic,application,quantity,unit,cost,currency,confidence\n');
  expect((await api.asAdmin(`/v1/costs.ndjson?${query}&charge_type=kafka_requests`)).text).toBe('');
});

test('a chargeback as lines of JSON has the lines of the report, each with its currency', async () => {
  const { lines, currency } = (await api.asAdmin('/v1/chargeback?period=2026-03&sort=workspace')).json as Chargeback;
  const file = await api.asAdmin('/v1/chargeback.ndjson?period=2026-03&sort=workspace');
  expect(jsonLines(file.text)).toEqual(lines.map((line) => ({ ...line, currency })));
  expect(lines.length).toBeGreaterThan(9);
});

test('names of files are of harmless characters, whatever workspaces are called', async () => {
  const name = async (workspace: string) =>
    (await api.asAdmin(`/v1/costs.csv?${MARCH}&workspace=${encodeURIComponent(workspace)}`)).headers[
      'content-disposition'
    ];
  expect(await name('a"\r\nX-Evil: 1\u2028.exe')).toBe(
    'attachment; filename="kafka-costs-a_X-Evil_1_.exe-2026-03-01-to-2026-03-31.csv"',
  );
  expect(await name('../../etc/passwd')).toBe(
    'attachment; filename="kafka-costs-.._.._etc_passwd-2026-03-01-to-2026-03-31.csv"',
  );
});

test('a member gets a file of what they see; another workspace is refused before anything is sent', async () => {
  const headers = await api.token('viewer', 'search');
  const file = await api.ask(`/v1/costs.ndjson?${MARCH}&group_by=workspace`, { headers });
  expect(jsonLines(file.text).map(({ workspace }) => workspace)).toEqual(['search']);
  for (const path of [`/v1/costs.ndjson?${MARCH}`, `/v1/costs.csv?${MARCH}`, '/v1/chargeback.ndjson?period=2026-03']) {
    expect((await api.ask(`${path}&workspace=payments`, { headers })).status).toBe(403);
  }
});

test('what fails before the first row is an answer as any', async () => {
  const ask = async (path: string) => {
    const { status, headers, json } = await api.asAdmin(path);
    return [status, (json as { code: string }).code, headers['content-disposition']];
  };
  for (const file of ['/v1/chargeback.csv', '/v1/chargeback.ndjson']) {
    expect(await ask(`${file}?period=2025-01`)).toEqual([409, 'NO_RATE_FOR_PERIOD', undefined]);
  }
  expect(await ask(`/v1/costs.ndjson?${MARCH}&limit=5`)).toEqual([400, 'INVALID_REQUEST', undefined]);
  await expectNothingOpen();
});

test('who goes away in the middle leaves nothing open', async () => {
  for (let times = 0; times < 5; times++) {
    const answer = await begin(`/v1/costs.ndjson?${ALL}`);
    await once(answer, 'data');
    answer.destroy();
    await expectNothingOpen();
  }
});

test('a file that cannot be read to its end does not end like a whole one', async () => {
  const answer = await begin(`/v1/costs.csv?${ALL}`);
  await once(answer, 'readable');
  await database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()`,
  );
  await expect(readLines(answer)).rejects.toThrow(/aborted/);
  await expectNothingOpen();
  expect((await api.asAdmin(`/v1/costs?${MARCH}`)).status).toBe(200);
});

test('three files are sent at a time, two of one asker; one more is told to come again, and questions are answered meanwhile', async () => {
  const open: IncomingMessage[] = [];
  const others = [await api.token('viewer'), await api.token('viewer')];
  const refused = async (headers: Record<string, string>, words: string) => {
    const answer = await api.ask(`/v1/costs.ndjson?${ALL}`, { headers });
    const { code, detail } = answer.json as { code: string; detail: string };
    expect([answer.status, code, answer.headers['retry-after']]).toEqual([503, 'TOO_BUSY', '5']);
    expect(detail).toContain(words);
  };
  for (let file = 0; file < 2; file++) {
    open.push(await begin(`/v1/costs.ndjson?${ALL}`));
  }
  await refused({ authorization: `Bearer ${ADMIN_TOKEN}` }, 'You read 2 files already');
  open.push(await begin(`/v1/costs.ndjson?${ALL}`, api.url, others[0]));
  await refused(others[1] ?? {}, '3 files are being read already');
  expect((await api.asAdmin(`/v1/costs?${MARCH}`)).status).toBe(200);
  open.forEach((answer) => answer.destroy());
  await expectNothingOpen();
  expect((await api.asAdmin(`/v1/costs.ndjson?${MARCH}`)).status).toBe(200);
});

test('rows that come while a file is read are not in it, and are in the next', async () => {
  const query = `${MARCH}&granularity=hour&group_by=topic,charge_type`;
  const answer = await begin(`/v1/costs.ndjson?${query}`);
  await once(answer, 'readable');
  // Into an hour that is read last.
  await database.pool.query(
    `insert into chargeback_data.fact (hour, meter_id, resource_id, price_id, quantity, cost, coverage, estimated)
     select '2026-03-31T23:00Z', e.meter_id, f.resource_id, e.price_id, 1, 1, 1, false
     from chargeback_data.fact f join chargeback_data.fact e on e.hour = f.hour and e.meter_id <> f.meter_id
     where f.hour = '2026-03-01Z' and f.meter_id <> (select id from chargeback_data.meter where slug = 'kafka_egress_bytes')
       and e.meter_id = (select id from chargeback_data.meter where slug = 'kafka_egress_bytes')`,
  );
  const { lines } = await readLines(answer);
  expect(lines).toBe((TOPICS + 1) * 744);
  expect((await readLines(await begin(`/v1/costs.ndjson?${query}`))).lines).toBe(lines + TOPICS);
}, 120_000);

test('a stream that nobody reads is given up, and its connection given back', async () => {
  let ended = false;
  const stream = await streamSnapshot(
    database.pool,
    async function* (db) {
      await db.query('select 1');
      for (;;) {
        yield 'x'.repeat(100_000);
      }
    },
    { patience: 50, onEnd: () => (ended = true) },
  );
  const failed = once(stream, 'error') as Promise<[Error]>;
  expect((await failed)[0].message).toMatch(/nobody read on/);
  await expectNothingOpen();
  expect(ended).toBe(true);
});

test('a million rows take no more memory than fifty thousand', async () => {
  const program = await startServing(database.url);
  const memory = async () => {
    const text = await (await fetch(`${program.url}/metrics`)).text();
    return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]);
  };
  const read = async (query: string) => {
    let [most, reading] = [await memory(), true];
    const counted = readLines(await begin(`/v1/costs.ndjson?${query}`, program.url)).finally(() => (reading = false));
    while (reading) {
      most = Math.max(most, await memory());
      await sleep(100);
    }
    return { most, ...(await counted) };
  };
  try {
    const few = await read(ALL.replace('2026-10-01', '2026-03-09'));
    const many = await read(ALL);
    expect(few.lines).toBeGreaterThan(45_000);
    expect(many.lines).toBeGreaterThan(1_000_000);
    expect(many.most / few.most).toBeLessThan(1.5);
  } finally {
    program.kill('SIGKILL');
    await program.ended;
  }
}, 300_000);
