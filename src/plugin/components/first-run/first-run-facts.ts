import { catchError, forkJoin, map, of, switchMap, type Observable } from 'rxjs';
import type { Meter } from '../../../api/meters';
import type { ApiError } from '../../data/api-error';
import { getCosts } from '../../data/costs';
import { getDirectoryMatches } from '../../data/directory';
import { getMe } from '../../data/me';
import { listMeters } from '../../data/meters';
import { listWorkspaces } from '../../data/workspaces';

/** What tells how far an installation is. */
export interface FirstRunFacts {
  /** Why the collector cannot be asked; undefined: it answers. */
  problem?: string;
  meters: Array<Pick<Meter, 'slug' | 'series' | 'priced'>>;
  /** End of the newest hour of any meter; null: none was collected. */
  watermark: string | null;
  /** How many workspaces have usage. */
  workspaces: number;
  /** Resources without a workspace this month. */
  unmatched: number;
  hasCost: boolean;
}

const HOUR = 3_600_000;
/** How far back the first cost is looked for. */
const DAYS = 400;

function hasCost(): Observable<boolean> {
  const to = Math.ceil(Date.now() / HOUR) * HOUR;
  return getCosts({
    from_ts: new Date(to - DAYS * 24 * HOUR).toISOString(),
    to_ts: new Date(to).toISOString(),
    granularity: 'month',
    limit: 1,
  }).pipe(map(({ data }) => data.length > 0));
}

const NOTHING: FirstRunFacts = { meters: [], watermark: null, workspaces: 0, unmatched: 0, hasCost: false };

/** How far the installation is, for one who may see everything. That the collector does not answer is a fact, too. */
export function getFirstRunFacts(): Observable<FirstRunFacts> {
  return getMe().pipe(
    map(() => undefined),
    catchError(({ title, message }: ApiError) => of(`${title}. ${message}`)),
    switchMap((problem) => (problem === undefined ? getStanding() : of({ ...NOTHING, problem }))),
  );
}

function getStanding(): Observable<FirstRunFacts> {
  return forkJoin({
    meters: listMeters(),
    workspaces: listWorkspaces(),
    directory: getDirectoryMatches(),
    hasCost: hasCost(),
  }).pipe(
    map(({ meters, workspaces, directory, ...rest }) => ({
      ...rest,
      meters,
      watermark:
        meters
          .flatMap(({ watermark }) => watermark ?? [])
          .sort()
          .at(-1) ?? null,
      workspaces: workspaces.length,
      unmatched: directory.unmatched?.resources ?? 0,
    })),
  );
}
