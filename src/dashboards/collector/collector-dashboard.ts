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
    time: { from: 'now-2d', to: 'now' },
    without: ['currency', 'dimensions'],
    variables: [usageVariable()],
    panels: [
      [() => missingHours(ID.missingHours), 0, 0, 4, 4],
      [() => failedHours(ID.failedHours), 4, 0, 4, 4],
      [() => rollUpLag(ID.rollUpLag), 8, 0, 4, 4],
      [() => databaseSize(ID.databaseSize), 12, 0, 4, 4],
      [() => freshness(ID.freshness), 0, 4, 7, 9],
      [() => lastRuns(ID.lastRuns), 7, 4, 17, 9],
      [() => statesOfHours(ID.statesOfHours), 0, 13, 12, 8],
      [() => scrapes(ID.scrapes), 12, 13, 12, 8],
      [() => missingByDay(ID.missingByDay), 0, 21, 24, 8],
      [() => affectedPeriods(ID.affectedPeriods), 0, 29, 9, 8],
      [() => deadLetters(ID.deadLetters), 9, 29, 15, 8],
      [() => samplesOverTime(ID.samplesOverTime), 0, 37, 9, 8],
      [() => runDurations(ID.runDurations), 9, 37, 5, 8],
      [() => errorsByClass(ID.errorsByClass), 14, 37, 5, 8],
      [() => arrivalDelay(ID.arrivalDelay), 19, 37, 5, 8],
      [() => requestedCollections(ID.requestedCollections), 0, 45, 15, 8],
      [() => storage(ID.storage), 15, 45, 9, 8],
    ],
  });
}
