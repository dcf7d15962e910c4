import { build } from 'esbuild';
import { readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));

/** Bundles the preview page with the app's sources into the folder `out`. */
export async function buildHost(out) {
  await rm(out, { recursive: true, force: true });
  await build({
    entryPoints: { main: here('./page/main.tsx') },
    outdir: out,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    minify: true,
    sourcemap: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    loader: { '.svg': 'dataurl', '.ttf': 'dataurl' },
    // Not exported by the package, and the only way to say what a page's frame is.
    alias: { 'preview-plugin-page': here('../../node_modules/@grafana/runtime/dist/esm/components/PluginPage.mjs') },
    plugins: [missingTableDefaults],
  });
}

/** `@grafana/schema` 12.4 exports a name from the table panel's generated types that is not there. */
const missingTableDefaults = {
  name: 'missing-table-defaults',
  setup(builder) {
    builder.onLoad({ filter: /table\/panelcfg\/x\/(TablePanelCfg_)?types\.gen\.mjs$/ }, async ({ path }) => {
      const contents = await readFile(path, 'utf8');
      return {
        contents: /export\s*\{[^}]*defaultOptions/.test(contents)
          ? contents
          : `${contents}\nexport const defaultOptions = {};`,
        loader: 'js',
      };
    });
  },
};
