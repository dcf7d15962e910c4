import { createHash, randomUUID } from 'node:crypto';
import type { Queryable } from '../db/pool';

/** Milliseconds for which an answer is kept. */
const KEPT = 24 * 3_600_000;

/** Milliseconds without a sign of life after which a running request is taken for dead, and its key may be used again. */
export const LEASE = 60_000;

/** A key as it is stored, and what it was used for; neither can be turned back. */
export interface KeyUse {
  id: Buffer;
  request: Buffer;
}

/** The answer of a request; `body` null where it must not be kept. */
export interface KeptAnswer {
  status: number;
  headers: Record<string, string>;
  body: string | null;
}

/** What became of the wish to use a key: it is ours (`holder`), or somebody uses it, or it was used. */
export type Claim =
  | { state: 'ours'; holder: string }
  | { state: 'running'; seconds: number }
  | { state: 'of another request' }
  | { state: 'answered'; answer: KeptAnswer };

const digest = (...parts: string[]) => createHash('sha256').update(JSON.stringify(parts), 'utf8').digest();

/** A key of one holder for one route: the same key of others, or for another route, is another one. */
export function keyUse(holder: string, route: string, key: string, body: unknown): KeyUse {
  return { id: digest(holder, route, key), request: digest(JSON.stringify(body)) };
}

/** Takes the key if nobody uses it, or did within a day; of any number that ask at once one gets it. `now` in milliseconds. */
export async function claimKey(db: Queryable, { id, request }: KeyUse, now: number): Promise<Claim> {
  const holder = randomUUID();
  for (;;) {
    const claimed = await db.query(
      `insert into chargeback_data.idempotency_key as known (id, request, holder, lease_until, expires_at)
       values ($1, $2, $3, $4, $5)
       on conflict (id) do update set request = excluded.request, holder = excluded.holder, lease_until = excluded.lease_until,
         expires_at = excluded.expires_at, status = null, headers = null, body = null
       where known.expires_at <= $6 or known.lease_until <= $6
       returning 1`,
      [id, request, holder, new Date(now + LEASE), new Date(now + KEPT), new Date(now)],
    );
    if (claimed.rows.length > 0) {
      return { state: 'ours', holder };
    }
    const { rows } = await db.query<{ same: boolean; lease_until: Date | null } & KeptAnswer>(
      'select request = $2 as same, lease_until, status, headers, body from chargeback_data.idempotency_key where id = $1',
      [id, request],
    );
    const [known] = rows;
    if (known) {
      if (!known.same) {
        return { state: 'of another request' };
      }
      const { lease_until, status, headers, body } = known;
      return lease_until
        ? { state: 'running', seconds: Math.max(1, Math.ceil((lease_until.getTime() - now) / 1000)) }
        : { state: 'answered', answer: { status, headers, body } };
    }
    // Given back between the two statements: it is free again.
  }
}

/** Says that the request that holds the key is still running. */
export async function renewKey(db: Queryable, id: Buffer, holder: string, now: number): Promise<void> {
  await db.query(
    'update chargeback_data.idempotency_key set lease_until = $3 where id = $1 and holder = $2 and lease_until is not null',
    [id, holder, new Date(now + LEASE)],
  );
}

/** Keeps the answer for whoever sends the same request again. */
export async function keepAnswer(db: Queryable, id: Buffer, holder: string, answer: KeptAnswer): Promise<void> {
  await db.query(
    `update chargeback_data.idempotency_key set lease_until = null, status = $3, headers = $4, body = $5
     where id = $1 and holder = $2 and lease_until is not null`,
    [id, holder, answer.status, answer.headers, answer.body],
  );
}

/** Gives the key back, after a request that made nothing. */
export async function freeKey(db: Queryable, id: Buffer, holder: string): Promise<void> {
  await db.query(
    'delete from chargeback_data.idempotency_key where id = $1 and holder = $2 and lease_until is not null',
    [id, holder],
  );
}

/** Forgets the answers whose day is over. */
export async function sweepKeys(db: Queryable, now: number): Promise<void> {
  await db.query('delete from chargeback_data.idempotency_key where expires_at <= $1', [new Date(now)]);
}
