import { catchError, map, throwError, type Observable } from 'rxjs';
import { ApiError } from '../api-error';
import { askGrafana } from './ask-grafana';

/** The uids of all rules that come with Chargeback or are made by it begin so. */
const OURS = 'chargeback-';

/** The states of an alert, the gravest first. */
export const ALERT_STATES = ['Alerting', 'Error', 'NoData', 'Pending', 'Recovering', 'Normal'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** What a rule says of one thing that it watches: of a budget and threshold, of a meter. */
export interface AlertInstance {
  state: AlertState;
  /** Since when it is in this state; null when that is not known. */
  since: string | null;
  /** Without those that Grafana adds for itself. */
  labels: Record<string, string>;
  summary: string;
}

/** A rule of Grafana's that watches costs, and how it stands. */
export interface AlertRule {
  uid: string;
  title: string;
  severity: string;
  /** The gravest state of its alerts. */
  state: AlertState;
  since: string | null;
  /** How many alerts are in which state. */
  counts: Partial<Record<AlertState, number>>;
  /** Why it could not be evaluated; empty when it could. */
  error: string;
  /** Null before the first time. */
  lastEvaluation: string | null;
  paused: boolean;
  /** The address of the page that says what to do; empty when there is none. */
  runbook: string;
  /** The gravest first, at most as many as were asked for. */
  instances: AlertInstance[];
}

/** What Grafana answers, as far as it is read. */
export interface RulesAnswer {
  data?: {
    groups?: Array<{
      rules?: Array<{
        uid?: string;
        name: string;
        health?: string;
        lastError?: string;
        lastEvaluation?: string;
        isPaused?: boolean;
        labels?: Record<string, string>;
        annotations?: Record<string, string>;
        totals?: Record<string, number>;
        alerts?: Array<{
          state: string;
          activeAt?: string;
          labels: Record<string, string>;
          annotations?: Record<string, string>;
        }> | null;
      }>;
    }>;
  };
}

type GivenRule = NonNullable<NonNullable<NonNullable<RulesAnswer['data']>['groups']>[number]['rules']>[number];
type GivenInstance = NonNullable<GivenRule['alerts']>[number];

/** Grafana writes years before 1 for never. */
function known(time: string | undefined): string | null {
  return time === undefined || Date.parse(time) <= 0 || Number.isNaN(Date.parse(time)) ? null : time;
}

function instanceOf({ state, activeAt, labels, annotations }: GivenInstance): AlertInstance {
  const name = state.replace(/ .*$/, '');
  return {
    state: ALERT_STATES.find((one) => one === name) ?? 'Normal',
    since: known(activeAt),
    labels: Object.fromEntries(Object.entries(labels).filter(([label]) => !label.startsWith('__'))),
    summary: annotations?.summary ?? '',
  };
}

const gravity = ({ state }: AlertInstance) => ALERT_STATES.indexOf(state);

function ruleOf(given: GivenRule): AlertRule {
  const { uid = '', name, health, lastError = '', totals = {}, labels = {}, annotations = {} } = given;
  const instances = (given.alerts ?? []).map(instanceOf).sort((a, b) => gravity(a) - gravity(b));
  const counts = Object.fromEntries(
    ALERT_STATES.flatMap((state) => {
      const count = totals[state.toLowerCase()] ?? 0;
      return count === 0 ? [] : [[state, count]];
    }),
  );
  const counted = ALERT_STATES.find((state) => counts[state] !== undefined);
  const state = health === 'error' ? 'Error' : (counted ?? (health === 'nodata' ? 'NoData' : 'Normal'));
  return {
    uid,
    title: name,
    severity: labels.severity ?? '',
    state,
    since: instances
      .filter((instance) => instance.state === state)
      .flatMap(({ since }) => since ?? [])
      .reduce<string | null>((first, since) => (first === null || since < first ? since : first), null),
    counts,
    error: lastError,
    lastEvaluation: known(given.lastEvaluation),
    paused: given.isPaused === true,
    runbook: annotations.runbook_url ?? '',
    instances,
  };
}

const askRules = (params: Record<string, string | number>): Observable<AlertRule[]> =>
  askGrafana<RulesAnswer>({ url: '/api/prometheus/grafana/api/v1/rules', params }).pipe(
    map(({ data }) =>
      (data?.groups ?? [])
        .flatMap(({ rules = [] }) => rules)
        .filter(({ uid }) => uid?.startsWith(OURS))
        .map(ruleOf)
        .sort((a, b) => a.title.localeCompare(b.title, 'en')),
    ),
    catchError((error: ApiError) =>
      throwError(() =>
        error.status === 404
          ? new ApiError(
              404,
              'GRAFANA_NOT_FOUND',
              'The states of alerts come from Grafana, and cannot be reached here',
              'They are there where the pages are part of a Grafana with its own alerting. Budgets, their thresholds and crossings do not depend on it.',
            )
          : error,
      ),
    ),
  );

/** The rules that watch costs, each with its gravest alerts. */
export function listAlertRules(): Observable<AlertRule[]> {
  return askRules({ limit_alerts: 100 });
}

/** What the rules say of one budget; rules that do not watch it are left out. */
export function listBudgetAlerts(budget: number): Observable<AlertRule[]> {
  const matcher = { name: 'entity_id', value: `budget:${budget}`, isEqual: true, isRegex: false };
  return askRules({ matcher: JSON.stringify(matcher) }).pipe(
    map((rules) => rules.filter(({ instances }) => instances.length > 0)),
  );
}
