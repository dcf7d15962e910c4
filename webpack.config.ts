import CopyWebpackPlugin from 'copy-webpack-plugin';
import fs from 'node:fs';
import path from 'node:path';
import TerserPlugin from 'terser-webpack-plugin';
import type { Compiler, Configuration } from 'webpack';
import { SubresourceIntegrityPlugin } from 'webpack-subresource-integrity';
import VirtualModulesPlugin from 'webpack-virtual-modules';

const readJson = (file: string) =>
  JSON.parse(fs.readFileSync(path.resolve(file), 'utf8')) as { id: string; version: string };
const { id: pluginId } = readJson('plugin.json');
const { version } = readJson('package.json');

/** Grafana does not replace `%PLUGIN_ID%` and its like itself: they must be gone from what is installed. */
const fillIn = (content: Buffer) =>
  content
    .toString()
    .replaceAll('%PLUGIN_ID%', pluginId)
    .replaceAll('%VERSION%', version)
    .replaceAll('%TODAY%', new Date().toISOString().slice(0, 10));

/** Committed by `npm run dashboards`. */
const DASHBOARDS = 'dashboards/Chargeback';

/** plugin.json of an app that brings its dashboards along: Grafana imports them when the app is switched on. */
const withDashboards = (content: Buffer) => {
  const plugin = JSON.parse(fillIn(content)) as { includes: object[] };
  const dashboards = fs
    .readdirSync(path.resolve(DASHBOARDS))
    .sort()
    .map((file) => {
      const { title } = JSON.parse(fs.readFileSync(path.resolve(DASHBOARDS, file), 'utf8')) as { title: string };
      return { type: 'dashboard', name: title, path: `dashboards/${file}` };
    });
  return JSON.stringify({ ...plugin, includes: [...plugin.includes, ...dashboards] }, null, 2);
};

// Grafana may serve plugins from a CDN or a sub-path: chunks are loaded from where module.js came from.
const publicPath = `
import amdModule from 'amd-module';
__webpack_public_path__ = amdModule && amdModule.uri
  ? amdModule.uri.slice(0, amdModule.uri.lastIndexOf('/') + 1)
  : 'public/plugins/${pluginId}/';
`;

/** Writes which scripts each page needs at first, for scripts/check-bundle.mjs. */
class FirstLoadPlugin {
  apply(compiler: Compiler) {
    compiler.hooks.thisCompilation.tap('FirstLoadPlugin', (compilation) => {
      compilation.hooks.afterProcessAssets.tap('FirstLoadPlugin', () => {
        const scripts = (name: string) =>
          compilation.namedChunkGroups
            .get(name)
            ?.getFiles()
            .filter((file) => file.endsWith('.js')) ?? [];
        const pages = [...compilation.namedChunkGroups.keys()].filter(
          (name) => name.startsWith('page-') || name.startsWith('config-'),
        );
        const firstLoad = Object.fromEntries(
          pages.map((page) => [
            page,
            [
              ...new Set([
                ...scripts('module'),
                ...(page.startsWith('page-') ? scripts('pages') : []),
                ...scripts(page),
              ]),
            ],
          ]),
        );
        const out = compiler.options.output.path ?? path.resolve('dist');
        fs.mkdirSync(out, { recursive: true });
        fs.writeFileSync(path.join(out, 'first-load.json'), `${JSON.stringify(firstLoad, null, 2)}\n`);
      });
    });
  }
}

/**
 * `--env dashboards` builds the app with its dashboards (`npm run package`). Where dashboards are provisioned by file, as
 * in docker compose and the demo, the app must be without: the same uid from both breaks later imports.
 */
export default function config(env: { production?: boolean; dashboards?: boolean }): Configuration {
  const production = Boolean(env.production);
  const bundled = Boolean(env.dashboards);
  return {
    mode: production ? 'production' : 'development',
    context: path.resolve('src/plugin'),
    entry: { module: './module.tsx' },
    devtool: production ? 'source-map' : 'eval-source-map',
    // What Grafana gives to plugins at run time; everything else is bundled.
    externals: [
      { 'amd-module': 'module' },
      'lodash',
      'moment',
      '@emotion/css',
      '@emotion/react',
      'react',
      'react-dom',
      'react/jsx-runtime',
      'react/jsx-dev-runtime',
      'react-router',
      'rxjs',
      'i18next',
      /^@grafana\/(data|runtime|ui)/,
    ],
    module: {
      rules: [
        {
          test: /src\/plugin\/module\.tsx?$/,
          use: [{ loader: 'imports-loader', options: { imports: 'side-effects grafana-public-path' } }],
        },
        {
          test: /\.tsx?$/,
          exclude: /node_modules/,
          use: {
            loader: 'swc-loader',
            options: {
              jsc: {
                target: 'es2022',
                parser: { syntax: 'typescript', tsx: true },
                transform: { react: { runtime: 'automatic' } },
              },
            },
          },
        },
        { test: /\.svg$/, type: 'asset/resource' },
      ],
    },
    optimization: {
      minimize: production,
      minimizer: [new TerserPlugin({ extractComments: false })],
    },
    output: {
      clean: { keep: 'first-load.json' },
      path: bundled ? path.resolve('dist-package', pluginId) : path.resolve('dist'),
      filename: '[name].js',
      // Names carry the content, so that a browser never mixes the chunks of two versions.
      chunkFilename: production ? '[name].[contenthash:8].js' : '[name].js',
      library: { type: 'amd' },
      publicPath: `public/plugins/${pluginId}/`,
      uniqueName: pluginId,
      crossOriginLoading: 'anonymous',
    },
    performance: { hints: false },
    plugins: [
      new VirtualModulesPlugin({ 'node_modules/grafana-public-path.js': publicPath }),
      new CopyWebpackPlugin({
        patterns: [
          { from: path.resolve('plugin.json'), to: '.', transform: bundled ? withDashboards : fillIn },
          ...(bundled ? [{ from: path.resolve(DASHBOARDS), to: 'dashboards' }] : []),
          { from: path.resolve('README.md'), to: '.', noErrorOnMissing: true },
          { from: path.resolve('CHANGELOG.md'), to: '.', noErrorOnMissing: true },
          { from: path.resolve('LICENSE'), to: '.', noErrorOnMissing: true },
          { from: path.resolve('docs/runbooks'), to: 'runbooks' },
          { from: 'img', to: 'img' },
        ],
      }),
      new SubresourceIntegrityPlugin({ hashFuncNames: ['sha256'] }),
      new FirstLoadPlugin(),
    ],
    resolve: { extensions: ['.ts', '.tsx', '.js', '.mjs'] },
    // Warnings from others' packages that change nothing for us would hide our own.
    stats: production ? 'errors-warnings' : 'normal',
  };
}
