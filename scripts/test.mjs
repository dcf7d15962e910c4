#!/usr/bin/env node
// `npm test [-- lint|unit|e2e …]`: installs what the tests need and runs them. It may run before `npm ci`, hence with
// Node's own modules only.
import { spawnSync } from 'node:child_process';
import { installReason, npm } from './demo/install.mjs';
import { ROOT } from './demo/settings.mjs';
import { PARTS } from './test/parts.mjs';
import { runStep } from './test/run-step.mjs';
import { ensurePrograms } from './test/system-packages.mjs';

const HELP = `npm test                    everything
npm test -- lint            types, lint, import rules, generated files
npm test -- unit [FILE…]    jest, all of it or the files whose path matches
npm test -- e2e [FILE…]     the journeys through the pages in a browser
Several may be named; FILE goes with one only. PostgreSQL comes with npm, or is that of DATABASE_URL.`;

/** Settings of a collector that runs on this machine must not reach the tests. */
const foreign = /^(CHARGEBACK_.*|PROMETHEUS_URL)$/;
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));

function fail(problems, code = 1) {
  console.error(['The tests cannot start:', ...problems.map((problem) => `  - ${problem}`)].join('\n'));
  process.exit(code);
}

const words = process.argv.slice(2);
if (words.includes('--help') || words.includes('-h')) {
  console.log(HELP);
  process.exit(0);
}
const named = words.filter((word) => word in PARTS);
const files = words.filter((word) => !(word in PARTS));
if (files.length > 0 && (named.length !== 1 || !['unit', 'e2e'].includes(named[0]))) {
  fail(
    [`"${files.join(' ')}" belongs to unit or to e2e; for example: npm test -- unit ${files[0]}`, ...HELP.split('\n')],
    2,
  );
}
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail([`Node ${process.versions.node} is too old: install Node 20.19 or newer`]);
}
const chosen = named.length > 0 ? named : ['lint', 'build', 'unit', 'e2e'];

const reason = installReason();
if (reason) {
  console.log(`Installing the packages of package-lock.json: ${reason}`);
  const { command, args } = npm('ci', '--no-audit', '--no-fund');
  if (spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' }).status !== 0) {
    fail(['npm ci failed; its words are above']);
  }
}
const { problems, environment: programs } = ensurePrograms([
  ...new Set(chosen.flatMap((part) => PARTS[part].programs)),
]);
if (problems.length > 0) {
  fail(problems);
}

const total = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
for (const step of chosen.flatMap((part) => PARTS[part].steps(files))) {
  console.log(`\n=== ${step.name}`);
  const begun = Date.now();
  const { code, leftRunning } = await runStep(step.command, { ...environment, ...programs, ...step.environment });
  const counts = step.counts?.() ?? { passed: code === 0 ? 1 : 0, failed: 0, skipped: 0 };
  // A step that fails without a failed test, or that tests nothing unasked, is a failure all the same.
  if (counts.failed === 0 && (code !== 0 || (counts.passed === 0 && files.length === 0))) {
    counts.failed = 1;
  }
  if (leftRunning) {
    counts.failed += 1;
    console.error(`${step.name}: a process was left running; it is ended now`);
  }
  for (const key of Object.keys(total)) {
    total[key] += counts[key];
  }
  lines.push(
    `${counts.failed === 0 ? 'ok    ' : 'FAILED'} ${step.name}: ${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''} (${Math.round((Date.now() - begun) / 1000)} s)`,
  );
}
console.log(`\n${lines.join('\n')}`);
if (total.passed + total.failed === 0) {
  console.error(`No test matches ${files.join(' ')}.`);
  total.failed = 1;
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
