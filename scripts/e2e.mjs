// Journeys through the app's pages in a real browser: `npm run e2e [-- SPEC…]`. Against the preview page, or against
// the Grafana of GRAFANA_URL (the built plugin must be installed there; its connection settings are overwritten).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const chromium = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
if (!existsSync(chromium)) {
  console.error(
    `There is no browser at ${chromium}. Install one (Debian: apt-get install chromium) or set CHROMIUM_PATH.`,
  );
  process.exit(1);
}
const run = (command, args) => {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error) {
    console.error(error.message);
  }
  return status ?? 1;
};
const built = run(process.execPath, ['scripts/build-collector.mjs']);
process.exit(
  built === 0
    ? run(process.execPath, [
        'node_modules/@playwright/test/cli.js',
        'test',
        '-c',
        'e2e/playwright.config.ts',
        ...process.argv.slice(2),
      ])
    : built,
);
