import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyPluginAsync } from 'fastify';

/** What the page loads; addresses are relative, so that it works behind a proxy with a path of its own. */
const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Chargeback API</title>
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="docs/swagger-ui.css" />
    <link rel="stylesheet" href="docs/mended.css" />
  </head>
  <body>
    <div id="api"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/start.js"></script>
  </body>
</html>
`;
/** The library's stylesheet is dark below a class, and does not ask the browser itself. */
const START = `const dark = matchMedia('(prefers-color-scheme: dark)');
const paint = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', paint);
paint();
SwaggerUIBundle({ url: 'openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null });
`;
/** The library leaves the names of headers black where it is dark. */
const MENDED = `.dark-mode .swagger-ui .response .header-col, .dark-mode .swagger-ui .response .header-example { color: inherit; }\n`;
const FILES: Record<string, string> = { 'swagger-ui.css': 'text/css', 'swagger-ui-bundle.js': 'text/javascript' };
/** Nothing from elsewhere; the stylesheet brings its icons as data. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/**
 * GET /docs: the API to read and to try, from /openapi.json. The files are named one by one: serving a folder would
 * be a wildcard route on a server that has none.
 */
export const docsRoutes: FastifyPluginAsync = async (server) => {
  const folder = join(dirname(createRequire(import.meta.url).resolve('@fastify/swagger-ui')), 'static');
  const schema = { hide: true };
  server.get('/docs', { schema }, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('content-security-policy', POLICY).send(PAGE),
  );
  server.get('/docs/', { schema }, async (_request, reply) => reply.redirect('../docs', 308));
  server.get('/docs/start.js', { schema }, async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(START),
  );
  server.get('/docs/mended.css', { schema }, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(MENDED),
  );
  for (const [name, type] of Object.entries(FILES)) {
    server.get(`/docs/${name}`, { schema }, async (_request, reply) =>
      reply
        .type(`${type}; charset=utf-8`)
        .header('cache-control', 'public, max-age=86400')
        .send(await readFile(join(folder, name))),
    );
  }
};
