import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProgram, isProgram } from './find-program.mjs';

/** The Grafana of GRAFANA_HOME, else the one on the PATH: its program and its home folder; null when there is none. */
export function findGrafana() {
  const home = process.env.GRAFANA_HOME;
  if (home && isProgram(join(home, 'bin/grafana'))) {
    return { program: join(home, 'bin/grafana'), home };
  }
  const program = findProgram('grafana');
  const homes = program ? [dirname(dirname(realpathSync(program))), '/usr/share/grafana'] : [];
  const found = homes.find((folder) => existsSync(join(folder, 'conf/defaults.ini')));
  return found ? { program, home: found } : null;
}

export async function startGrafana() {
  throw new Error('not yet');
}
