import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { USAGE } from './uids';

/** A query as Grafana's Prometheus datasource stores it. */
export interface PromqlQuery extends Dataquery {
  refId: string;
  datasource: { type: string; uid: string };
  editorMode: 'code';
  expr: string;
  legendFormat: string;
  range: boolean;
  instant: boolean;
  format: 'time_series' | 'table' | 'heatmap';
}

interface PromqlQueryInput {
  expr: string;
  refId?: string;
  /** What a series is called, such as `{{direction}}`. */
  legend?: string;
  /** The value at the end of the range only. */
  instant?: boolean;
  format?: PromqlQuery['format'];
}

/** A query in PromQL. */
export function promqlQuery({
  expr,
  refId = 'A',
  legend = '__auto',
  instant = false,
  format = 'time_series',
}: PromqlQueryInput): Builder<PromqlQuery> {
  return {
    build: () => ({
      refId,
      datasource: USAGE,
      editorMode: 'code',
      expr,
      legendFormat: legend,
      range: !instant,
      instant,
      format,
      _implementsDataqueryVariant: () => undefined,
    }),
  };
}
