import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { FACTS } from './uids';

/** A query as Grafana's PostgreSQL datasource stores it. */
export interface SqlQuery extends Dataquery {
  refId: string;
  datasource: { type: string; uid: string };
  editorMode: 'code';
  rawQuery: true;
  format: 'table' | 'time_series';
  rawSql: string;
}

interface SqlQueryInput {
  sql: string;
  refId?: string;
  format?: SqlQuery['format'];
  datasource?: SqlQuery['datasource'];
}

/** A query in SQL. As `time_series` it returns exactly the columns time, metric and value, ordered by time. */
export function sqlQuery({ sql, refId = 'A', format = 'table', datasource = FACTS }: SqlQueryInput): Builder<SqlQuery> {
  return {
    build: () => ({
      refId,
      datasource,
      editorMode: 'code',
      rawQuery: true,
      format,
      rawSql: sql,
      _implementsDataqueryVariant: () => undefined,
    }),
  };
}
