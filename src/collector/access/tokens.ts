import { createHash, randomBytes } from 'node:crypto';
import type { Role } from '../../api/common';
import type { AccessToken, NewToken, TokenInput } from '../../api/tokens';
import { inTransaction, type Pool, type Queryable } from '../db/pool';
import { ChargebackError } from '../errors';
import { recordAudit } from '../ledger/audit';

/** What is stored of a token: it has 256 random bits, so a plain hash cannot be turned back. */
function hashOf(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

interface TokenRow {
  id: number;
  name: string;
  role: Role;
  workspaces: string[] | null;
  created_at: Date;
  created_by: string;
  expires_at: Date | null;
  last_used_at: Date | null;
  revoked_at: Date | null;
  revoked_by: string | null;
}

const COLUMNS = 'id, name, role, workspaces, created_at, created_by, expires_at, last_used_at, revoked_at, revoked_by';

function shown(row: TokenRow, now: number): AccessToken {
  const expired = row.expires_at !== null && row.expires_at.getTime() <= now;
  return {
    ...row,
    state: row.revoked_at ? 'revoked' : expired ? 'expired' : 'active',
    created_at: row.created_at.toISOString(),
    expires_at: row.expires_at?.toISOString() ?? null,
    last_used_at: row.last_used_at?.toISOString() ?? null,
    revoked_at: row.revoked_at?.toISOString() ?? null,
  };
}

/**
 * Makes a bearer token; only its hash is kept, so it cannot be shown again. Without a name it is called after its id.
 * Throws TOKEN_EXISTS for a name of a token that was not revoked, INVALID_REQUEST for an end that has passed.
 */
export async function createToken(
  pool: Pool,
  input: Omit<TokenInput, 'name'> & { name?: string | undefined },
  { actor, now }: { actor: string; now: number },
): Promise<NewToken> {
  if (input.expires_at !== null && Date.parse(input.expires_at) <= now) {
    throw new ChargebackError('INVALID_REQUEST', 'The token would have expired before its first use.', [
      { path: 'expires_at', message: `${input.expires_at} has passed` },
    ]);
  }
  const token = `cbk_${randomBytes(32).toString('base64url')}`;
  return inTransaction(pool, async (db) => {
    const insert = async () => {
      const { rows } = await db.query<TokenRow>(
        `with made as (select nextval(pg_get_serial_sequence('chargeback_data.api_token', 'id'))::integer as id)
         insert into chargeback_data.api_token (id, hash, name, role, workspaces, created_by, expires_at) overriding system value
         select id, $1, coalesce($2, 'token-' || id), $3, $4, $5, $6 from made
         on conflict (name) where revoked_at is null do nothing
         returning ${COLUMNS}`,
        [hashOf(token), input.name ?? null, input.role, input.workspaces, actor, input.expires_at],
      );
      return rows[0];
    };
    let row = await insert();
    while (!row && input.name === undefined) {
      // Somebody gave the name of this id to another token: the next id has another.
      row = await insert();
    }
    if (!row) {
      throw new ChargebackError(
        'TOKEN_EXISTS',
        `There is a token called ${input.name} already. Choose another name, or revoke that one.`,
      );
    }
    const made = shown(row, now);
    const { name, role, workspaces, expires_at } = made;
    await recordAudit(db, {
      actor,
      action: 'token.create',
      subject: name,
      id: made.id,
      workspace: null,
      before: null,
      after: { role, workspaces, expires_at },
    });
    return { ...made, token };
  });
}

/** All tokens, those that work first, then by name. */
export async function listTokens(db: Queryable, now: number): Promise<AccessToken[]> {
  const { rows } = await db.query<TokenRow>(
    `select ${COLUMNS} from chargeback_data.api_token
     order by revoked_at is not null, coalesce(expires_at <= $1, false), name, id`,
    [new Date(now)],
  );
  return rows.map((row) => shown(row, now));
}

/** Makes a token useless from now on; revoking it again changes nothing. Throws NOT_FOUND. */
export async function revokeToken(
  pool: Pool,
  id: number,
  { actor, now }: { actor: string; now: number },
): Promise<AccessToken> {
  return inTransaction(pool, async (db) => {
    const revoked = await db.query<TokenRow>(
      `update chargeback_data.api_token set revoked_at = $2, revoked_by = $3 where id = $1 and revoked_at is null returning ${COLUMNS}`,
      [id, new Date(now), actor],
    );
    if (revoked.rows[0]) {
      const { name, role, workspaces, expires_at } = shown(revoked.rows[0], now);
      await recordAudit(db, {
        actor,
        action: 'token.revoke',
        subject: name,
        id,
        workspace: null,
        before: { role, workspaces, expires_at },
        after: null,
      });
    }
    const { rows } = await db.query<TokenRow>(`select ${COLUMNS} from chargeback_data.api_token where id = $1`, [id]);
    if (!rows[0]) {
      throw new ChargebackError('NOT_FOUND', `there is no token ${id}`);
    }
    return shown(rows[0], now);
  });
}

/** Whose token this is, by name, and what it may see; null when it is none, was revoked, or has expired. */
export async function findToken(
  db: Queryable,
  token: string,
  now: number,
): Promise<{ login: string; role: Role; granted: string[] } | null> {
  const { rows } = await db.query<{ id: number; name: string; role: Role; workspaces: string[] | null; idle: boolean }>(
    `select id, name, role, workspaces, coalesce(last_used_at < $2::timestamptz - interval '1 minute', true) as idle
     from chargeback_data.api_token
     where hash = $1 and revoked_at is null and (expires_at is null or expires_at > $2)`,
    [hashOf(token), new Date(now)],
  );
  const [found] = rows;
  if (!found) {
    return null;
  }
  if (found.idle) {
    // Whoever finds the row taken leaves it: another request is writing the same minute.
    await db.query(
      `update chargeback_data.api_token set last_used_at = $2
       where id = (select id from chargeback_data.api_token where id = $1 for update skip locked)`,
      [found.id, new Date(now)],
    );
  }
  // A name that a person gave could be somebody's login.
  const login = found.name === `token-${found.id}` ? found.name : `token:${found.name}`;
  return { login, role: found.role, granted: found.workspaces ?? ['*'] };
}
