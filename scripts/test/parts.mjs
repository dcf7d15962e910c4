import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm } from '../demo/install.mjs';
import { jestCounts, playwrightCounts } from './counts.mjs';

/** Where the reports are written that the counts come from. */
const folder = mkdtempSync(join(tmpdir(), 'chargeback-test-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const journeys = join(folder, 'playwright.json');

const node = (...args) => [process.execPath, ...args];
const script = (name) => {
  const { command, args } = npm('run', '--silent', name);
  return [command, ...args];
};

/** The tests of one of jest's projects, in a process with `flags`; `words` name files or are options of jest. */
function jest(project, flags, words) {
  const report = join(folder, `jest-${project}.json`);
  const options = ['--selectProjects', project, '--json', `--outputFile=${report}`];
  return {
    command: node(
      ...flags,
      'node_modules/jest/bin/jest.js',
      ...options,
      ...(words.length > 0 ? ['--passWithNoTests', ...words] : []),
    ),
    counts: () => jestCounts(report),
  };
}

/** Each part of the tests: the programs it needs, and its steps. A step without `counts` is one test. */
export const PARTS = {
  lint: {
    programs: [],
    steps: () => [
      { name: 'types', command: script('typecheck') },
      { name: 'lint and import rules', command: script('lint') },
      { name: 'generated files are up to date', command: script('check:generated') },
    ],
  },
  build: {
    programs: [],
    steps: () => [
      { name: 'build', command: script('build') },
      { name: "the app's size", command: node('scripts/check-bundle.mjs') },
      { name: 'the app with its dashboards', command: script('package') },
      { name: 'its dashboards can be imported', command: node('scripts/check-package.mjs') },
    ],
  },
  unit: {
    programs: ['prometheus', 'victoriaMetrics'],
    steps: (words) => [
      // Only the collector's tests run as ES modules: with the flag, jest would not transform the app's libraries.
      { name: 'unit, property and scenario tests', ...jest('node', ['--experimental-vm-modules'], words) },
      { name: "the app's components", ...jest('plugin', [], words) },
    ],
  },
  e2e: {
    programs: ['prometheus', 'chromium'],
    steps: (files) => [
      {
        name: 'journeys in a browser',
        command: node('scripts/e2e.mjs', '--reporter=list,json', ...files),
        environment: {
          PLAYWRIGHT_JSON_OUTPUT_FILE: journeys,
          PLAYWRIGHT_JSON_OUTPUT_NAME: journeys,
        },
        counts: () => playwrightCounts(journeys),
      },
    ],
  },
};
