// Serves the preview of the app's pages: `node e2e/host/serve.mjs --collector URL --key KEY [--port N] [--user viewer]`.
// It shows the pages without the program they are made for, to look at them and to test them; it is not for production.
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildHost } from './build.mjs';
import { proxyToCollector, PLUGIN_ID } from './plugin-proxy.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const USERS = {
  admin: { id: 1, login: 'admin', role: 'Admin' },
  editor: { id: 2, login: 'payments-editor', role: 'Editor' },
  viewer: { id: 3, login: 'chargeback-viewer', role: 'Viewer' },
  member: { id: 4, login: 'payments-member', role: 'Viewer' },
  other: { id: 5, login: 'analytics-member', role: 'Viewer' },
  stranger: { id: 6, login: 'chargeback-stranger', role: 'Viewer' },
};
const TYPES = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
};
const FILES = [
  ['/public/build/img/icons/', 'node_modules/@grafana/ui/dist/public/img/icons'],
  ['/public/img/icons/', 'node_modules/@grafana/ui/dist/public/img/icons'],
];
const FONTS = [
  [/inter.*italic/i, '@fontsource/inter/files/inter-latin-400-italic.woff2'],
  [/inter.*medium/i, '@fontsource/inter/files/inter-latin-500-normal.woff2'],
  [/inter/i, '@fontsource/inter/files/inter-latin-400-normal.woff2'],
  [/medium/i, '@fontsource/roboto-mono/files/roboto-mono-latin-500-normal.woff2'],
  [/./, '@fontsource/roboto-mono/files/roboto-mono-latin-400-normal.woff2'],
];

function fileOf(pathname, out) {
  if (pathname.startsWith('/host/')) {
    return path.join(out, pathname.slice('/host/'.length));
  }
  if (pathname.startsWith('/public/fonts/')) {
    return path.join(root, 'node_modules', FONTS.find(([pattern]) => pattern.test(pathname))[1]);
  }
  const [prefix, folder] = FILES.find(([start]) => pathname.startsWith(start)) ?? [];
  const file = prefix && path.join(root, folder, pathname.slice(prefix.length));
  // Icons that are not in the package have a stand-in, so that nothing is a broken picture.
  return file && !existsSync(file) && pathname.endsWith('.svg')
    ? path.join(root, FILES[0][1], 'unicons/circle.svg')
    : file;
}

async function body(request) {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}

const cookies = (request) =>
  Object.fromEntries((request.headers.cookie ?? '').split(';').map((one) => one.trim().split('=')));

function page(as, theme, settings) {
  const user = USERS[as];
  const boot = {
    as,
    user,
    theme,
    pluginId: PLUGIN_ID,
    version: JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version,
    jsonData: settings.jsonData,
    secureJsonFields: { collectorKey: settings.collectorKey !== '' },
  };
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Chargeback preview</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><link rel="stylesheet" href="/host/main.css"><style>body{margin:0}</style></head>
<body class="theme-${theme}"><div id="root"></div>
<script>window.__grafana_public_path__='/public/';window.previewBoot=${JSON.stringify(boot).replaceAll('<', '\\u003c')};
window.grafanaBootData={settings:{buildInfo:{version:'12.4.0',commit:'',env:'production'},appSubUrl:'',appUrl:'/',datasources:{},featureToggles:{}},user:{isSignedIn:true,orgName:'Main Org.',orgRole:'${user.role}',login:'${user.login}',timezone:'utc',weekStart:'monday',locale:'en-US',theme:'${theme}'},navTree:[],assets:{}};</script>
<script type="module" src="/host/main.js"></script></body></html>`;
}

/**
 * Starts the preview on loopback and answers its address. `key` is what the collector knows as its shared key;
 * `out` is the
 * folder for the bundle; who looks is chosen by the cookies `preview-user` (see USERS) and `preview-theme` (dark, light).
 */
export async function startHost({ collector, key, port = 0, user = 'admin', out = path.join(root, 'dist-host') }) {
  await buildHost(out);
  const settings = { collectorUrl: collector, collectorKey: key, jsonData: { collectorUrl: collector } };
  const server = http.createServer((request, response) => {
    void (async () => {
      const chosen = cookies(request);
      const as = Object.hasOwn(USERS, chosen['preview-user']) ? chosen['preview-user'] : user;
      const who = USERS[as];
      const theme = chosen['preview-theme'] === 'light' ? 'light' : 'dark';
      const target = request.url ?? '/';
      const [pathname] = target.split('?');
      const proxied = `/api/plugin-proxy/${PLUGIN_ID}/`;
      if (target.startsWith(proxied)) {
        return proxyToCollector(request, response, target.slice(proxied.length), who, settings);
      }
      if (pathname === `/api/plugins/${PLUGIN_ID}/settings` && request.method === 'GET') {
        return response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ enabled: true, pinned: true, jsonData: settings.jsonData }));
      }
      if (pathname === `/api/plugins/${PLUGIN_ID}/settings` && request.method === 'POST') {
        if (who.role !== 'Admin') {
          return response.writeHead(403, { 'content-type': 'application/json' }).end('{"message":"Permission denied"}');
        }
        const { jsonData, secureJsonData } = await body(request);
        settings.jsonData = jsonData ?? {};
        settings.collectorUrl = settings.jsonData.collectorUrl ?? '';
        settings.collectorKey = secureJsonData?.collectorKey ?? settings.collectorKey;
        return response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"message":"Plugin settings updated"}');
      }
      if (pathname === '/') {
        return response.writeHead(302, { location: `/a/${PLUGIN_ID}/chargeback` }).end();
      }
      const file = fileOf(decodeURIComponent(pathname), out);
      if (file && existsSync(file)) {
        return response
          .writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' })
          .end(await readFile(file));
      }
      if (pathname.startsWith('/a/') || pathname.startsWith('/plugins/')) {
        return response
          .writeHead(200, { 'content-type': TYPES['.html'], 'cache-control': 'no-store' })
          .end(page(as, theme, settings));
      }
      return response.writeHead(404).end();
    })().catch((error) => {
      console.error(error);
      if (!response.headersSent) {
        response.writeHead(500);
      }
      response.end();
    });
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}`, close };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: {
      collector: { type: 'string' },
      key: { type: 'string' },
      port: { type: 'string', default: '0' },
      user: { type: 'string', default: 'admin' },
      out: { type: 'string' },
    },
  });
  if (!values.collector || !values.key || !USERS[values.user]) {
    console.error(
      'Usage: node e2e/host/serve.mjs --collector URL --key KEY [--port N] [--user admin|editor|viewer|member|other|stranger]',
    );
    process.exit(2);
  }
  // No await at this level: those who require this file could not load it.
  void startHost({
    collector: values.collector,
    key: values.key,
    port: Number(values.port),
    user: values.user,
    out: values.out,
  }).then(
    ({ url }) => console.log(`Preview of the pages: ${url}`),
    (error) => {
      console.error(`The preview did not start: ${error.message}`);
      process.exitCode = 1;
    },
  );
}
