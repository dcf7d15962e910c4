import { OPERATIONS, type OperationId } from '../../src/api/operations';
import { createServer } from '../../src/collector/http/server';
import { RIGHTS } from '../../src/collector/http/rights';
import { testContext } from '../../src/testing/test-context';
import { withMarkedPart } from './marked-part';

const PATH = 'docs/api.md';
/** Nothing asks the ledger for how the routes are described. */
const NO_DATABASE = 'postgres://nobody@127.0.0.1:9/none';

/** docs/api.md with every route: what it is for, its name in the client, and the lowest role that may ask it. */
export async function apiPage(): Promise<Map<string, string>> {
  const summaries = await routeSummaries();
  const lines = [
    ['route', 'what', 'in the client', 'role'],
    ['---', '---', '---', '---'],
    ...(Object.keys(OPERATIONS) as OperationId[]).map((id) => {
      const { method, path } = OPERATIONS[id];
      const summary = summaries.get(id);
      if (summary === undefined) {
        throw new Error(`${method} ${path} is no route of the server, or has no summary`);
      }
      const right = RIGHTS.find((one) => one.method === method && one.path === path);
      return [`\`${method} ${path}\``, summary, `\`${id}\``, right?.role ?? 'open'];
    }),
  ];
  return new Map([[PATH, withMarkedPart(PATH, 'routes', lines.map((line) => `| ${line.join(' | ')} |`).join('\n'))]]);
}

/** What the server says in a line of each operation. */
async function routeSummaries(): Promise<Map<string, string>> {
  const context = testContext({ DATABASE_URL: NO_DATABASE });
  const server = await createServer(context);
  await server.ready();
  const paths: Record<string, object | undefined> = server.swagger().paths ?? {};
  await server.close();
  await context.pool.end();
  const operations = Object.values(paths).flatMap((methods) =>
    Object.values<{ operationId?: string; summary?: string }>({ ...methods }),
  );
  return new Map(
    operations.flatMap(({ operationId, summary }) => (operationId && summary ? [[operationId, summary]] : [])),
  );
}
