import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { npm } from './install.mjs';
import { ROOT } from './settings.mjs';

const COMMON = ['package-lock.json', 'src/domain', 'src/api'];

/** What is built from what; paths from the root. */
const BUILDS = [
  {
    script: 'build:collector',
    outputs: ['dist-collector/chargeback.mjs', 'dist-collector/simulator.mjs'],
    sources: [...COMMON, 'src/collector', 'src/simulator', 'scripts/build-collector.mjs'],
  },
  {
    script: 'build:plugin',
    outputs: ['dist/module.js', 'dist/plugin.json'],
    sources: [
      ...COMMON,
      'src/plugin',
      'plugin.json',
      'webpack.config.ts',
      'docs/runbooks',
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
    ],
  },
];

function filesIn(path) {
  const full = join(ROOT, path);
  if (!existsSync(full)) {
    return [];
  }
  return statSync(full).isDirectory() ? readdirSync(full).flatMap((name) => filesIn(`${path}/${name}`)) : [path];
}

/** What the sources are made of; tests are no part of a build. */
function fingerprint({ sources }) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesIn).filter((name) => !/\.test\.tsx?$/.test(name))) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(ROOT, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

const stamp = ({ script }) => join(ROOT, '.chargeback/builds', script.replace(':', '-'));

const buildOf = (script) => BUILDS.find((one) => one.script === script);

/** Whether what the npm script `script` makes is missing or older than its sources. */
export function isStale(script) {
  const build = buildOf(script);
  if (!build.outputs.every((output) => existsSync(join(ROOT, output)))) {
    return true;
  }
  const oldestOutput = Math.min(...build.outputs.map((output) => statSync(join(ROOT, output)).mtimeMs));
  const newestSource = Math.max(...build.sources.flatMap(filesIn).map((file) => statSync(join(ROOT, file)).mtimeMs));
  // By time for what `npm run build` has made; by content since webpack leaves files alone that come out the same.
  const isSame = () => existsSync(stamp(build)) && readFileSync(stamp(build), 'utf8') === fingerprint(build);
  return newestSource > oldestOutput && !isSame();
}

/** Runs the npm script `script` and remembers from what it has built. */
export async function build(processes, script) {
  const chosen = buildOf(script);
  const made = fingerprint(chosen);
  await processes.run(script, npm('run', '--silent', script));
  mkdirSync(dirname(stamp(chosen)), { recursive: true });
  writeFileSync(stamp(chosen), made);
}
