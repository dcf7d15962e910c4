// Makes the typed client into dist-client/, or into the folder named: one module that needs nothing, for Node and
// browsers, and its declarations, which need zod's.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const entry = join(root, 'src/api/client.ts');
const folder = resolve(root, process.argv[2] ?? 'dist-client');

const types = join(folder, 'types');
await build({
  absWorkingDir: root,
  entryPoints: [entry],
  outfile: join(folder, 'client.mjs'),
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  target: ['es2022', 'node20'],
  sourcemap: true,
  logLevel: 'warning',
});

// Declarations of what is no more must not stay.
rmSync(types, { recursive: true, force: true });
const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
const program = ts.createProgram([entry], {
  ...options,
  noEmit: false,
  declaration: true,
  emitDeclarationOnly: true,
  rootDir: join(root, 'src'),
  outDir: types,
  types: [],
});
// As ES modules, in which TypeScript wants the whole name of a file; here, as bundlers do, it is left out.
const { diagnostics } = program.emit(undefined, (path, text) => {
  const declarations = path.replace(/\.d\.ts$/, '.d.mts');
  mkdirSync(dirname(declarations), { recursive: true });
  writeFileSync(declarations, text.replace(/(\bfrom |\bimport\()(['"])(\.\.?\/[^'"]+)\2/g, '$1$2$3.mjs$2'));
});
if (diagnostics.length > 0) {
  console.error(
    ts.formatDiagnostics(diagnostics, {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: () => root,
      getNewLine: () => '\n',
    }),
  );
  process.exitCode = 1;
}
