#!/usr/bin/env node
// `npm run bench [-- NAME…] [--out FILE]`: each bench/NAME.bench.ts in a process of its own. Their last words are lines of
// JSON, which are collected; everything else they say goes to stderr.
import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { ROOT } from './demo/settings.mjs';

const SUFFIX = '.bench.ts';
const all = readdirSync(`${ROOT}/bench`)
  .filter((file) => file.endsWith(SUFFIX))
  .map((file) => file.slice(0, -SUFFIX.length))
  .sort();
const { values, positionals } = parseArgs({ options: { out: { type: 'string' } }, allowPositionals: true });
const unknown = positionals.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
  process.exit(2);
}

/** Runs one benchmark; resolves with its exit code and the lines of JSON it printed. */
async function run(name) {
  const child = spawn(process.execPath, ['scripts/run-ts.mjs', `bench/${name}${SUFFIX}`], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const found = [];
  const ended = new Promise((resolve, reject) =>
    child.once('error', reject).once('close', (status) => resolve(status ?? 1)),
  );
  for await (const line of createInterface({ input: child.stdout })) {
    if (isJson(line)) {
      found.push(line);
      console.log(line);
    } else {
      console.error(line);
    }
  }
  return { code: await ended, found };
}

function isJson(line) {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

const [cpu] = cpus();
const report = [
  JSON.stringify({
    machine: cpu?.model ?? 'unknown',
    cores: cpus().length,
    memory_gib: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    at: new Date().toISOString(),
  }),
];
console.log(report[0]);
const failed = [];
for (const name of positionals.length > 0 ? positionals : all) {
  console.error(`=== ${name}`);
  const { code, found } = await run(name);
  report.push(...found);
  if (code !== 0 || found.length === 0) {
    failed.push(`${name} ${code === 0 ? 'printed no figure' : `ended with ${code}`}`);
  }
}
if (values.out) {
  writeFileSync(values.out, `${report.join('\n')}\n`);
}
for (const problem of failed) {
  console.error(`Failed: ${problem}`);
}
process.exitCode = failed.length === 0 ? 0 : 1;
