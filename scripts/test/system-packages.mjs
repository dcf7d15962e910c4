import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { findProgram, isProgram } from '../demo/find-program.mjs';

/** Forbids a package that is being installed to start its service; Debian's tools ask this program. */
const POLICY = '/usr/sbin/policy-rc.d';

/**
 * The programs that the tests run and npm does not have. `variable` names one that is somewhere else; `names` are looked
 * for on the PATH; `debian` is the package of Debian and Ubuntu that has it.
 */
export const PROGRAMS = {
  prometheus: {
    variable: 'PROMETHEUS_BIN',
    names: ['prometheus'],
    debian: 'prometheus',
    elsewhere: 'Prometheus 2.42 or newer, with promtool beside it, from https://prometheus.io/download',
  },
  victoriaMetrics: {
    variable: 'VICTORIA_METRICS_BIN',
    names: ['victoria-metrics', 'victoria-metrics-prod'],
    debian: 'victoria-metrics',
    elsewhere: 'VictoriaMetrics 1.79 or newer from https://github.com/VictoriaMetrics/VictoriaMetrics/releases',
  },
  chromium: {
    variable: 'CHROMIUM_PATH',
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    debian: 'chromium',
    elsewhere: 'Chromium or Chrome',
  },
};

function pathOf({ variable, names }) {
  const given = process.env[variable];
  return given ? (isProgram(given) ? given : null) : (names.map(findProgram).find((path) => path !== null) ?? null);
}

const isMissing = (program) =>
  pathOf(program) === null ||
  (program === PROGRAMS.prometheus && !process.env.PROMETHEUS_BIN && !findProgram('promtool'));

const howToGet = (program) => {
  const given = process.env[program.variable];
  return given
    ? `${program.variable} is "${given}", which is no program that can be run: mend it or leave it out`
    : `${program.names[0]} is missing: install ${program.elsewhere}, so that it is on the PATH, or set ${program.variable} to it (Debian, Ubuntu: apt-get install ${program.debian})`;
};

/** Installs with apt what is missing, without starting any service. Returns an error text or null. */
function install(packages) {
  const apt = (...args) =>
    spawnSync('apt-get', ['-y', '-q', ...args], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  const own = !existsSync(POLICY);
  if (own) {
    writeFileSync(POLICY, '#!/bin/sh\nexit 101\n');
    chmodSync(POLICY, 0o755);
  }
  try {
    return apt('update') && apt('install', '--no-install-recommends', ...packages)
      ? null
      : `apt-get could not install ${packages.join(', ')}; its words are above`;
  } finally {
    if (own) {
      rmSync(POLICY, { force: true });
    }
  }
}

/**
 * Makes sure that `programs` (keys of PROGRAMS) are there: with apt where this process may use it, otherwise it only
 * says what is missing. Returns the problems; none: the environment variables that tell the tests where each is.
 */
export function ensurePrograms(programs) {
  const wanted = programs.map((name) => PROGRAMS[name]);
  const missing = wanted.filter(isMissing);
  const packages = missing.filter(({ variable }) => !process.env[variable]).map(({ debian }) => debian);
  if (packages.length > 0 && process.getuid?.() === 0 && findProgram('apt-get')) {
    console.log(`Installing with apt-get: ${packages.join(', ')} (no service is started)`);
    const problem = install(packages);
    if (problem) {
      return { problems: [problem, ...missing.map(howToGet)], environment: {} };
    }
  }
  return {
    problems: wanted.filter(isMissing).map(howToGet),
    environment: Object.fromEntries(wanted.map((program) => [program.variable, pathOf(program)])),
  };
}
