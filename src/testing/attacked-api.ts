import { RIGHTS, type Right } from '../collector/http/rights';
import { ADMIN_TOKEN, GRAFANA_KEY, startApi, type ApiAnswer, type ApiServer } from './api-server';
import type { TestDatabase } from './database';
import { tableChecksums } from './table-checksums';
import { CANARY, createTwoTeamsLedger, MEMBER, OURS } from './two-teams-ledger';

type Headers = Record<string, string>;

/** How somebody may come: with a bearer token, or through Grafana. */
export const WAYS = ['token', 'grafana'] as const;
export type Way = (typeof WAYS)[number];

/** The API of two teams' ledger, whose members see only their own by both ways. */
export interface AttackedApi {
  database: TestDatabase;
  api: ApiServer;
  admin: Record<Way, Headers>;
  /** An editor of OURS, the most that a member can be; as `viewer` with less. */
  member: Record<Way, Headers>;
  viewer: Record<Way, Headers>;
  /** Fails when `work` changed anything in the database. */
  unchanged<T>(work: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/** The headers of Grafana's proxy for a user. */
export const throughGrafana = (context: Record<string, unknown>): Headers => ({
  'x-chargeback-key': GRAFANA_KEY,
  'x-grafana-context': Buffer.from(JSON.stringify(context), 'utf8').toString('latin1'),
});

export async function startAttackedApi(
  environment: Record<string, string | undefined> = {},
  now?: () => number,
): Promise<AttackedApi> {
  const database = await createTwoTeamsLedger();
  const api = await startApi(database.url, { CHARGEBACK_DEFAULT_ACCESS: 'none', ...environment }, now);
  return {
    database,
    api,
    admin: {
      token: { authorization: `Bearer ${ADMIN_TOKEN}` },
      grafana: throughGrafana({ Login: 'boss', OrgRole: 'Admin' }),
    },
    member: {
      token: await api.token('editor', OURS),
      grafana: throughGrafana({ Login: MEMBER, OrgRole: 'Editor' }),
    },
    viewer: {
      token: await api.token('viewer', OURS),
      grafana: throughGrafana({ Login: MEMBER, OrgRole: 'Viewer' }),
    },
    async unchanged(work) {
      const before = await tableChecksums(database.pool);
      const result = await work();
      expect(await tableChecksums(database.pool)).toEqual(before);
      return result;
    },
    async stop() {
      await api.close();
      await database.drop();
    },
  };
}

/** Every route below /v1 with a path that can be asked: `:id` stands for `id`, or for one that no object has. */
export function everyRoute(id?: string): Array<Right & { address: string }> {
  return RIGHTS.map((right) => {
    const own = id ?? (right.path.startsWith('/v1/jobs/') ? '00000000-0000-4000-8000-000000000000' : '2147483647');
    return { ...right, address: right.path.replace(':id', own) };
  });
}

/** Fails unless the answer is this refusal, as problem+json that names nobody else's things. */
export function expectRefusal(
  { status, headers, json, text }: ApiAnswer,
  expected: { status: number; code: string },
  what: unknown = '',
): void {
  expect({ what, status, json, type: headers['content-type'] }).toEqual({
    what,
    status: expected.status,
    json: expect.objectContaining({ ...expected, detail: expect.any(String) }),
    type: 'application/problem+json; charset=utf-8',
  });
  expect({ what, text }).not.toEqual({ what, text: expect.stringMatching(CANARY) });
}
