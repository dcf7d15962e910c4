import { checkVersions } from './version-check';

test.each([
  ['0.1.0', '0.1.9', 'ok', 'belong together'],
  ['1.4.2-rc.1', '1.4.0', 'ok', 'belong together'],
  ['0.1.0', '0.2.0', 'failed', 'Upgrade the collector to 0.2'],
  ['0.10.0', '0.9.0', 'failed', 'Upgrade the app in Grafana to 0.10'],
  ['2.0.0', '1.9.0', 'failed', 'Upgrade the app in Grafana to 2.0'],
  ['1.9.0', '2.0.0', 'failed', 'Upgrade the collector to 2.0'],
  ['%VERSION%', '1.0.0', 'unknown', 'cannot be told'],
  ['1.0.0', '', 'unknown', 'cannot be told'],
])('collector %s and app %s: %s', (collector, app, outcome, words) => {
  expect(checkVersions(collector, app)).toMatchObject({ outcome, detail: expect.stringContaining(words) });
});
