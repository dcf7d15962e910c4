import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import type { PromqlQuery } from '../dashboards/promql-query';
import { panelsOf } from './dashboard-panels';
import { grafanaPromql, stepOf, type PromqlRequest } from './grafana-promql';

/** A series of an answer: instants (ms) with their values. */
export interface AnsweredSeries {
  labels: Record<string, string>;
  values: Array<[at: number, value: number]>;
}

interface Answer {
  status: string;
  error?: string;
  data: {
    result: Array<{ metric: Record<string, string>; value?: [number, string]; values?: Array<[number, string]> }>;
  };
}

/** The query of the panel with this id and this refId. */
export function promqlOf(dashboard: Dashboard, id: number, refId = 'A'): PromqlQuery {
  const targets = (panelsOf(dashboard).find((panel) => panel.id === id)?.targets ?? []) as PromqlQuery[];
  const found = targets.find((target) => target.refId === refId && 'expr' in target);
  if (!found) {
    throw new Error(`panel ${id} of ${dashboard.uid} has no query ${refId} in PromQL`);
  }
  return found;
}

/** What Prometheus answers to a panel's query as Grafana sends it; points of a range stand at multiples of its step. */
export async function answerOf(url: string, query: PromqlQuery, request: PromqlRequest): Promise<AnsweredSeries[]> {
  const step = stepOf(request);
  const aligned = (at: Date) => String((Math.floor(at.getTime() / step) * step) / 1000);
  const when: Record<string, string> = query.instant
    ? { time: String(request.to.getTime() / 1000) }
    : { start: aligned(request.from), end: aligned(request.to), step: String(step / 1000) };
  const response = await fetch(`${url}/api/v1/${query.instant ? 'query' : 'query_range'}`, {
    method: 'POST',
    body: new URLSearchParams({ query: grafanaPromql(query.expr, request), ...when }),
  });
  const { status, error, data } = (await response.json()) as Answer;
  if (status !== 'success') {
    throw new Error(`${grafanaPromql(query.expr, request)}: ${error}`);
  }
  return data.result.map(({ metric, value, values }) => ({
    labels: metric,
    values: (values ?? (value ? [value] : [])).map(([at, text]) => [at * 1000, Number(text)]),
  }));
}
