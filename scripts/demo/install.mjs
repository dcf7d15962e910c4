import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './settings.mjs';

const read = (file) => JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages;

/** Why the installed packages are not those of package-lock.json, or null when they are. */
export function installReason() {
  if (!existsSync(join(ROOT, 'node_modules/.package-lock.json'))) {
    return 'node_modules is missing';
  }
  const installed = read('node_modules/.package-lock.json');
  for (const [path, wanted] of Object.entries(read('package-lock.json'))) {
    const found = installed[path];
    // Optional packages are left out where they do not fit the machine.
    if (
      path !== '' &&
      !wanted.link &&
      (found ? found.version !== wanted.version : !wanted.optional && !wanted.devOptional)
    ) {
      return `${path.replace(/^.*node_modules\//, '')} ${wanted.version} is not installed`;
    }
  }
  return null;
}

/** The npm that started this script, else the one on the PATH. */
export function npm(...args) {
  const script = process.env.npm_execpath;
  const command = script?.endsWith('.js') ? [process.execPath, script] : ['npm'];
  return { command: command[0], args: [...command.slice(1), ...args], cwd: ROOT };
}

/** Installs what package-lock.json names. */
export async function install(processes) {
  await processes.run('npm ci', { ...npm('ci', '--no-audit', '--no-fund'), show: true });
}
