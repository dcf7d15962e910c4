import { createHash, randomBytes } from 'node:crypto';
import type { Role } from '../../api/common';
import type { Queryable } from '../db/pool';
import type { Identity } from './identity';

/** What is stored of a token: it has 256 random bits, so a plain hash cannot be turned back. */
function hashOf(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

/** Makes a bearer token and returns it; only its hash is kept, so it cannot be shown again. `workspace` null: sees all. */
export async function createToken(
  db: Queryable,
  { role, workspace, actor }: { role: Role; workspace: string | null; actor: string },
): Promise<string> {
  const token = `cbk_${randomBytes(32).toString('base64url')}`;
  const { rows } = await db.query<{ id: number }>(
    'insert into chargeback_data.api_token (hash, role, workspace, created_by) values ($1, $2, $3, $4) returning id',
    [hashOf(token), role, workspace, actor],
  );
  await db.query(
    `insert into chargeback_data.audit (actor, action, subject, after) values ($1, 'token.create', $2, $3)`,
    [actor, `token-${rows[0]?.id}`, JSON.stringify({ role, workspace })],
  );
  return token;
}

/** Whose token this is, or null. */
export async function findToken(db: Queryable, token: string): Promise<Identity | null> {
  const { rows } = await db.query<{ id: number; role: Role; workspace: string | null }>(
    'select id, role, workspace from chargeback_data.api_token where hash = $1',
    [hashOf(token)],
  );
  const found = rows[0];
  if (!found) {
    return null;
  }
  const { id, role, workspace } = found;
  return {
    login: `token-${id}`,
    role,
    workspaces: workspace === null ? null : [workspace],
    granted: [workspace ?? '*'],
  };
}
