// Runs a TypeScript file: node scripts/run-ts.mjs FILE [ARGUMENTS…]
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [file, ...args] = process.argv.slice(2);
if (!file) {
  console.error('usage: node scripts/run-ts.mjs FILE [ARGUMENTS…]');
  process.exit(2);
}
const cache = fileURLToPath(new URL('../node_modules/.cache/', import.meta.url));
await mkdir(cache, { recursive: true });
// Inside node_modules, so that the libraries, which are not bundled, are found from there.
const folder = await mkdtemp(join(cache, 'run-ts-'));
try {
  const outfile = join(folder, 'program.mjs');
  await build({
    entryPoints: [resolve(file)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  process.argv = [process.argv[0], resolve(file), ...args];
  await import(pathToFileURL(outfile).href);
} finally {
  await rm(folder, { recursive: true, force: true });
}
