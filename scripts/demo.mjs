#!/usr/bin/env node
// `npm run demo`. Runs before `npm ci`, hence with Node's own modules only until the packages are there.
import { mkdirSync, rmSync } from 'node:fs';
import { HELP, readArguments } from './demo/arguments.mjs';
import { Demo } from './demo/demo.mjs';
import { preflight } from './demo/preflight.mjs';
import { endLeftovers } from './demo/leftovers.mjs';
import { readSettings } from './demo/settings.mjs';
import { claim, release } from './demo/single-demo.mjs';

const fail = (problems, code = 1) => {
  console.error(['The demo cannot start:', ...problems.map((problem) => `  - ${problem}`)].join('\n'));
  process.exit(code);
};

const { options, problem } = readArguments(process.argv.slice(2));
if (problem) {
  fail([problem], 2);
}
if (options.help) {
  console.log(HELP);
  process.exit(0);
}

const { settings, problems } = readSettings();
const other = claim(settings);
if (other) {
  fail([other]);
}
process.on('exit', () => release(settings));

const leftovers = await endLeftovers(settings);
if (leftovers.length > 0) {
  console.log(`The last demo was killed and left ${leftovers.join(', ')} running; that is ended now.`);
}
const obstacles = [...problems, ...(await preflight(settings))];
if (obstacles.length > 0) {
  fail(obstacles);
}
if (options.fresh) {
  rmSync(settings.data, { recursive: true, force: true });
  mkdirSync(settings.data, { recursive: true });
  claim(settings);
}

const demo = new Demo(settings);
process.exitCode = await demo.run(options);
// Whatever still holds the event loop is of no use once all servers are stopped.
process.exit();
