import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';

/** What takes room in the ledger. */
export const storage = (id: number) =>
  table({
    id,
    title: 'Tables of the ledger',
    description:
      'Size with indexes, now. Partitions are calendar months, made when hours of them are collected; rows as PostgreSQL estimates them.',
    sql: `select name as "Table", partitions as "Partitions", rows_estimated as "Rows", bytes as "Size"
from chargeback.storage
order by bytes desc, name`,
    noValue: EMPTY.notApplicable,
    columns: {
      Table: COLUMN.entity(),
      Partitions: COLUMN.count(85),
      Rows: COLUMN.count(90),
      Size: [...COLUMN.count(85), { id: 'unit', value: 'bytes' }, { id: 'decimals', value: 1 }],
    },
  });
