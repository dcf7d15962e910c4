import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './settings.mjs';
import { SIMULATOR } from './usage-history.mjs';
import { waitFor } from './wait-for.mjs';

/** Starts the simulated gateways on free ports; returns their URLs by name. */
export async function startGateways(state, processes) {
  const start = new Date(state.start).toISOString();
  const args = [SIMULATOR, 'serve', '--start', start, '--port-dev', '0', '--port-stage', '0', '--port-prod', '0'];
  const server = processes.startServer('gateways', { command: process.execPath, args });
  let gateways;
  await waitFor('the simulated gateways', server, async () => {
    gateways = JSON.parse(readFileSync(server.log, 'utf8').trim().split('\n').at(-1)).gateways;
    return gateways !== undefined;
  });
  return gateways;
}

/** Writes who owns what and the prices, with their changes dated into the history; once, since a ledger follows from them. */
export async function writeDemoConfiguration(settings, processes) {
  if (!existsSync(join(settings.config, 'rates.yaml'))) {
    const kept = join(ROOT, 'src/simulator/config');
    await processes.run('configuration', {
      command: process.execPath,
      args: [SIMULATOR, 'config', '--from', kept, '--out', settings.config],
    });
  }
}
