// Bundles the collector and the simulator into dist-collector/. Libraries stay in node_modules.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const programs = { chargeback: 'src/collector/main.ts', simulator: 'src/simulator/main.ts' };
const entryPoints = Object.entries(programs)
  .filter(([, entry]) => existsSync(`${root}/${entry}`))
  .map(([out, entry]) => ({ out, in: entry }));

await build({
  absWorkingDir: root,
  entryPoints,
  outdir: 'dist-collector',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
});
