import type pg from 'pg';
import type { Queryable } from './pool';

/** Rows fetched at a time: bounds memory. */
const BATCH = 2000;

/** The rows of a SELECT, some at a time, by a cursor: needs a transaction, and memory for one batch however many there are. */
export async function* fetchRows<Row extends pg.QueryResultRow>(
  db: Queryable,
  select: string,
  values: unknown[],
): AsyncGenerator<Row[]> {
  await db.query(`declare batches no scroll cursor for ${select}`, values);
  for (;;) {
    const { rows } = await db.query<Row>(`fetch ${BATCH} from batches`);
    if (rows.length > 0) {
      yield rows;
    }
    if (rows.length < BATCH) {
      break;
    }
  }
  await db.query('close batches');
}
