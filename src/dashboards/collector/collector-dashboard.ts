import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chargebackDashboard } from '../dashboard-shell';
import { DASHBOARDS } from '../uids';
import { usageVariable } from '../variables/usage';
import { affectedPeriods } from './affected-periods';
import { arrivalDelay } from './arrival-delay';
import { deadLetters } from './dead-letters';
import { errorsByClass } from './errors-by-class';
import { databaseSize, failedHours, missingHours, rollUpLag } from './figures';
import { freshness } from './freshness';
import { lastRuns } from './last-runs';
import { requestedCollections } from './requested-collections';
import { runDurations } from './run-durations';
import { samplesOverTime } from './samples-over-time';
import { scrapes } from './scrapes';
import { missingByDay, statesOfHours } from './states-of-hours';
import { storage } from './storage';

/** Ids of the panels; alert rules and links rely on them, so none is changed or used again. */
export const COLLECTOR_PANELS = {
  freshness: 2,
  lastRuns: 3,
  statesOfHours: 4,
  missingByDay: 5,
  samplesOverTime: 6,
  runDurations: 7,
  errorsByClass: 8,
  arrivalDelay: 9,
  deadLetters: 10,
  storage: 11,
  affectedPeriods: 12,
  scrapes: 13,
  missingHours: 14,
  failedHours: 15,
  rollUpLag: 16,
  databaseSize: 17,
  requestedCollections: 18,
} as const;
const ID = COLLECTOR_PANELS;

/** What is collected late, missing or failing, and which billing months that touches. */
export function collectorDashboard(): Dashboard {
  return chargebackDashboard({
    dashboard: DASHBOARDS.collector,
    description: 'What is collected late, missing or failing, and which billing months that touches.',
    // At most 3 days, so that runs are seen by the hour.
    time: { from: 'now-2d/d', to: 'now' },
    without: ['currency', 'dimensions'],
    variables: [usageVariable()],
    panels: [
      [() => missingHours(ID.missingHours), 0, 0, 4, 4],
      [() => failedHours(ID.failedHours), 4, 0, 4, 4],
      [() => rollUpLag(ID.rollUpLag), 8, 0, 4, 4],
      [() => databaseSize(ID.databaseSize), 12, 0, 4, 4],
      [() => lastRuns(ID.lastRuns), 0, 4, 24, 9],
      [() => freshness(ID.freshness), 0, 13, 9, 8],
      [() => statesOfHours(ID.statesOfHours), 9, 13, 15, 8],
      [() => scrapes(ID.scrapes), 0, 21, 12, 8],
      [() => missingByDay(ID.missingByDay), 12, 21, 12, 8],
      [() => deadLetters(ID.deadLetters), 0, 29, 24, 5],
      [() => affectedPeriods(ID.affectedPeriods), 0, 34, 12, 8],
      [() => samplesOverTime(ID.samplesOverTime), 12, 34, 12, 8],
      [() => runDurations(ID.runDurations), 0, 42, 9, 8],
      [() => errorsByClass(ID.errorsByClass), 9, 42, 7, 8],
      [() => arrivalDelay(ID.arrivalDelay), 16, 42, 8, 8],
      [() => requestedCollections(ID.requestedCollections), 0, 50, 15, 8],
      [() => storage(ID.storage), 15, 50, 9, 8],
    ],
  });
}
