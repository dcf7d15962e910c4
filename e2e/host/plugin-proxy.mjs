import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';

const plugin = JSON.parse(readFileSync(new URL('../../plugin.json', import.meta.url), 'utf8'));
const RANKS = { Viewer: 0, Editor: 1, Admin: 2 };

/** The app's id, which is part of every path. */
export const PLUGIN_ID = plugin.id;

const fillIn = (template, { collectorUrl, collectorKey }) =>
  template
    .replace(/\{\{\s*\.JsonData\.collectorUrl\s*\}\}/g, collectorUrl)
    .replace(/\{\{\s*\.SecureJsonData\.collectorKey\s*\}\}/g, collectorKey);

/** The first route of plugin.json whose method and path match, with what `*` stands for; the first match wins. */
function matchRoute(method, path) {
  for (const route of plugin.routes) {
    if (route.method && route.method !== method) {
      continue;
    }
    const prefix = route.path.endsWith('/*') ? route.path.slice(0, -1) : undefined;
    if (prefix ? path.startsWith(prefix) && path.length > prefix.length : path === route.path) {
      return { route, rest: prefix ? `/${path.slice(prefix.length)}` : '' };
    }
  }
  return undefined;
}

function answer(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/**
 * Passes a request on to the collector by the routes of plugin.json: checks the role, adds the shared key and says
 * who asks. `path` is what follows the plugin's id, with its query. An unreachable collector is a 502 without a body.
 */
export function proxyToCollector(request, response, path, user, settings) {
  const [pathname, query] = path.split('?');
  const match = matchRoute(request.method, pathname);
  if (!match) {
    return answer(response, 404, { message: 'plugin route match not found' });
  }
  if (RANKS[user.role] < RANKS[match.route.reqRole]) {
    return answer(response, 403, { message: 'plugin proxy route access denied' });
  }
  let target;
  try {
    target = new URL(fillIn(match.route.url, settings) + match.rest + (query ? `?${query}` : ''));
  } catch {
    response.writeHead(502).end();
    return undefined;
  }
  const {
    cookie: _cookie,
    authorization: _authorization,
    host: _host,
    origin: _origin,
    referer: _referer,
    ...headers
  } = request.headers;
  for (const { name, content } of match.route.headers) {
    headers[name.toLowerCase()] = fillIn(content, settings);
  }
  headers['x-grafana-context'] = JSON.stringify({
    UserID: user.id,
    UserUID: user.login,
    OrgID: 1,
    OrgName: 'Main Org.',
    OrgRole: user.role,
    Login: user.login,
    Name: user.login,
    Email: `${user.login}@localhost`,
    IsGrafanaAdmin: user.role === 'Admin',
    IsAnonymous: false,
    IsDisabled: false,
    IsServiceAccount: false,
    Teams: [],
  });
  const onward = (target.protocol === 'https:' ? https : http).request(
    target,
    { method: request.method, headers },
    (reply) => {
      response.writeHead(reply.statusCode ?? 502, { ...reply.headers, 'content-security-policy': 'sandbox' });
      reply.pipe(response);
    },
  );
  onward.on('error', () => {
    if (!response.headersSent) {
      response.writeHead(502);
    }
    response.end();
  });
  response.on('close', () => onward.destroy());
  request.pipe(onward);
  return undefined;
}
