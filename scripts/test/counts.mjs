import { existsSync, readFileSync } from 'node:fs';

/** How many tests passed, failed and were left out; `problem` says why a report does not count. */
const NOTHING = { passed: 0, failed: 0, skipped: 0 };

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** The counts of jest's --json report; a file that could not run at all counts as one failure. */
export function jestCounts(file) {
  const report = read(file);
  return report
    ? {
        passed: report.numPassedTests,
        failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
        skipped: report.numPendingTests + report.numTodoTests,
      }
    : NOTHING;
}

/** The counts of Playwright's json report; what went wrong outside of a test counts as one failure each. */
export function playwrightCounts(file) {
  const report = read(file);
  return report
    ? {
        passed: report.stats.expected,
        failed: report.stats.unexpected + report.stats.flaky + report.errors.length,
        skipped: report.stats.skipped,
      }
    : NOTHING;
}
