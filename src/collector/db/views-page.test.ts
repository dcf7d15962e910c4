import { readFileSync } from 'node:fs';
import { createDatabase, type TestDatabase } from '../../testing/database';
import { RESOURCE_FIELDS } from '../../domain/resource';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

/** What the page says: view → columns. */
function written(): Map<string, string[]> {
  const page = readFileSync('docs/views.md', 'utf8');
  return new Map(
    [...page.matchAll(/^\| `(\w+)` \| .+ \| ([^|]+) \|$/gm)].map(([, name = '', columns = '']) => [
      name,
      columns
        .split(',')
        .map((column) => column.trim())
        .flatMap((column) => (column === '*fields of the resource*' ? RESOURCE_FIELDS : [column])),
    ]),
  );
}

test('docs/views.md names every view with every column, in its order', async () => {
  const { rows } = await database.pool.query<{ view: string; columns: string[] }>(
    `select table_name as view, array_agg(column_name::text order by ordinal_position) as columns
     from information_schema.columns where table_schema = 'chargeback' group by table_name`,
  );
  expect(Object.fromEntries(written())).toEqual(Object.fromEntries(rows.map(({ view, columns }) => [view, columns])));
});
