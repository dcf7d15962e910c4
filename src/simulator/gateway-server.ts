import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Family } from './family';
import { processAt } from './lifetimes';
import { familiesOf } from './metrics';
import { labelText } from './openmetrics';
import { GATEWAYS, type Gateway } from './organisation';

/** What a gateway exposes at the instant `at` (ms), in Prometheus' text format. */
export function exposition(families: Family[], at: number): string {
  return families.map((family) => familyText(family, at)).join('');
}

function familyText(family: Family, at: number): string {
  const name = family.type === 'counter' ? `${family.name}_total` : family.name;
  const lines = family.series.flatMap((series) => {
    const value = series.at(at);
    return value === null ? [] : [`${family.name}${series.suffix}${labelText(series.labels)} ${value}\n`];
  });
  return `# HELP ${name} ${family.help}\n# TYPE ${name} ${family.type}\n${lines.join('')}`;
}

/** A gateway that is being served; `url` is what Prometheus scrapes. */
export interface GatewayServer {
  gateway: Gateway;
  url: string;
  close(): Promise<void>;
}

/**
 * Serves every gateway at its port of `host`, or none: when ports are taken, it rejects with a sentence that names them
 * all.
 */
export async function serveGateways(
  start: number,
  host: string,
  ports: Record<Gateway, number>,
): Promise<GatewayServer[]> {
  const results = await Promise.allSettled(
    GATEWAYS.map((gateway) => serveGateway(gateway, start, host, ports[gateway])),
  );
  const servers = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const problems = results.flatMap((result) => {
    const reason: unknown = result.status === 'rejected' ? result.reason : null;
    return reason instanceof Error ? [reason.message] : [];
  });
  if (problems.length > 0) {
    await Promise.all(servers.map((server) => server.close()));
    throw new Error(problems.join('\n'));
  }
  return servers;
}

/**
 * Serves `/metrics` of `gateway` at `host:port` (port 0: one that the system chooses); it goes on where a backfill with
 * the same `start` ended. While the gateway restarts, it answers 503. Rejects when the port is taken.
 */
async function serveGateway(gateway: Gateway, start: number, host: string, port: number): Promise<GatewayServer> {
  const families = familiesOf(gateway, start);
  exposition(families, Date.now());
  const server = createServer((request, response) => {
    const now = Date.now();
    if (request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('The metrics are at /metrics.\n');
    } else if (!processAt(gateway, now).up) {
      response.writeHead(503, { 'content-type': 'text/plain' }).end('The gateway is restarting.\n');
    } else {
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(exposition(families, now));
    }
  });
  await listen(server, host, port);
  const address = server.address() as AddressInfo;
  return {
    gateway,
    url: `http://${host}:${address.port}/metrics`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`cannot listen on ${host}:${port}: ${error.message}`)));
    server.listen(port, host, resolve);
  });
}
