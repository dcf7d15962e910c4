import { dateMath, type RawTimeRange, type TimeZone } from '@grafana/data';
import { PAGES } from '../plugin-id';
import { LINKED_FIELDS, namedByAll, type NamedResource } from './named-resource';
import { namedByPromql } from './promql-names';
import { namedBySql } from './sql-names';
import { namedByTitle } from './title-names';

/** What Grafana says of a panel, or of Explore; of its queries only what is read here. */
export interface ShownQueries {
  title?: string;
  timeRange?: RawTimeRange;
  timeZone?: TimeZone;
  targets?: ReadonlyArray<{ hide?: boolean; expr?: unknown; rawSql?: unknown }>;
}

const HOUR = 3_600_000;
/** No query that a person wrote is longer; what follows is not read. */
const LONGEST_QUERY = 200_000;

function named({ title = '', targets = [] }: ShownQueries): NamedResource {
  const text = (query: unknown) => (typeof query === 'string' ? query.slice(0, LONGEST_QUERY) : '');
  const byQueries = namedByAll(
    targets
      .filter(({ hide }) => hide !== true)
      .flatMap(({ expr, rawSql }) => [...namedByPromql(text(expr)), namedBySql(text(rawSql))]),
  );
  return Object.keys(byQueries).length > 0 ? byQueries : namedByTitle(title);
}

/** The whole hours that contain the range, as the page takes them; empty when they cannot be told: then it shows the month. */
function hours({ timeRange, timeZone }: ShownQueries): Array<[string, string]> {
  const at = (time: RawTimeRange['from'] | undefined, roundUp: boolean) =>
    time === undefined ? undefined : dateMath.toDateTime(time, { roundUp, timezone: timeZone })?.valueOf();
  const [from, to] = [at(timeRange?.from, false), at(timeRange?.to, true)];
  if (from === undefined || to === undefined || !(from < to)) {
    return [];
  }
  return [
    ['from', new Date(Math.floor(from / HOUR) * HOUR).toISOString()],
    ['to', new Date(Math.ceil(to / HOUR) * HOUR).toISOString()],
  ];
}

/** The link to the costs of what is shown; undefined when it names no cluster, topic, workspace or principal. */
export function costsLink(shown: ShownQueries | undefined): { title: string; path: string } | undefined {
  const resource = shown && named(shown);
  const telling = LINKED_FIELDS.find((field) => resource?.[field]);
  if (!shown || !resource || !telling) {
    return undefined;
  }
  const [first, ...others] = resource[telling] ?? [];
  const filters = LINKED_FIELDS.flatMap((field) => (resource[field] ?? []).map((value) => [field, value]));
  return {
    title: others.length === 0 ? `Costs of ${telling} ${first}` : `Costs of ${others.length + 1} ${telling}s`,
    path: `${PAGES.chargeback}?${new URLSearchParams([...filters, ...hours(shown)]).toString()}`,
  };
}
