import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProgram, isProgram } from './find-program.mjs';

const EXTRACTED = 'prometheus/usr/bin';

/** The folder that holds `prometheus` and `promtool`: of the PATH, or what an earlier demo got from apt; null when there is none. */
export function findPrometheus(settings) {
  const onPath = findProgram('prometheus');
  const folders = [onPath && dirname(onPath), join(settings.tools, EXTRACTED)].filter(Boolean);
  return folders.find((folder) => isProgram(join(folder, 'prometheus')) && isProgram(join(folder, 'promtool'))) ?? null;
}

/** Whether apt can be asked for Prometheus here. */
export function canDownload() {
  return findProgram('apt-get') !== null && findProgram('dpkg-deb') !== null;
}

export const HOW_TO_GET =
  'install Prometheus 2.42 or newer so that "prometheus" and "promtool" are on the PATH (from https://prometheus.io/download, or "brew install prometheus"), or set PROMETHEUS_URL to a running one';

/**
 * Gets Debian's or Ubuntu's package of Prometheus through apt and unpacks it into the demo's folder: nothing is
 * installed on the machine and no service is started. Returns the folder of the programs.
 */
export async function downloadPrometheus(settings, processes) {
  const apt = join(settings.tools, 'apt');
  rmSync(join(settings.tools, 'prometheus'), { recursive: true, force: true });
  for (const folder of ['lists/partial', 'cache/archives/partial']) {
    mkdirSync(join(apt, folder), { recursive: true });
  }
  const options = [
    '-o',
    `Dir::State::Lists=${apt}/lists`,
    '-o',
    `Dir::Cache=${apt}/cache`,
    '-o',
    'APT::Sandbox::User=root',
    '-qq',
  ];
  try {
    await processes.run('apt-get update', { command: 'apt-get', args: [...options, 'update'], cwd: apt });
    await processes.run('apt-get download', {
      command: 'apt-get',
      args: [...options, 'download', 'prometheus'],
      cwd: apt,
    });
    const archive = readdirSync(apt).find((name) => name.endsWith('.deb'));
    await processes.run('dpkg-deb', {
      command: 'dpkg-deb',
      args: ['-x', archive, join(settings.tools, 'prometheus')],
      cwd: apt,
    });
  } catch (error) {
    throw new Error(`Prometheus is not on the PATH, and apt could not get it; ${HOW_TO_GET}\n${error.message}`);
  } finally {
    rmSync(apt, { recursive: true, force: true });
  }
  const folder = findPrometheus(settings);
  if (!folder || !existsSync(folder)) {
    throw new Error(`apt's package of Prometheus holds no "prometheus" and "promtool"; ${HOW_TO_GET}`);
  }
  return folder;
}
