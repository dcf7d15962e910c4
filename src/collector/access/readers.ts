import { randomBytes } from 'node:crypto';
import { inTransaction, type Client, type Pool, type Queryable } from '../db/pool';
import { limitReader } from '../db/reader-defaults';
import { scramVerifier } from '../db/scram-verifier';
import { ChargebackError } from '../errors';
import { recordAudit } from '../ledger/audit';

/** A login of PostgreSQL that sees some workspaces only. */
export interface Reader {
  /** What people call it. */
  name: string;
  /** Its login, which tells nothing: every user of the server can list the roles. */
  role: string;
  /** Names and globs. */
  workspaces: string[];
  created_at: string;
  created_by: string;
  /** missing: this server has no such login, as after a restore. */
  state: 'active' | 'missing';
}

/** A reader whose password was just set: the only time that it is known. */
export interface ReaderWithPassword extends Reader {
  password: string;
}

const GROUP = 'chargeback_team_reader';

/** How many connections a reader may have; what it may do else are limits of time, as those of chargeback_reader. */
const CONNECTIONS = 20;

/**
 * Makes a login that sees these workspaces (names, and globs for those to come) through the views, and nothing else.
 * Without a password it gets one of 192 random bits. Throws INVALID_REQUEST when there is a reader of this name, and
 * INVALID_CONFIGURATION when the user of the collector may not make logins.
 */
export async function createReader(
  pool: Pool,
  { name, workspaces, password }: { name: string; workspaces: string[]; password?: string | undefined },
  actor: string,
): Promise<ReaderWithPassword> {
  return makingLogins(pool, async (db) => {
    const role = `chargeback_reader_${randomBytes(6).toString('hex')}`;
    const { rowCount } = await db.query(
      'insert into chargeback_data.reader (role, name, created_by) values ($1, $2, $3) on conflict (name) do nothing',
      [role, name, actor],
    );
    if (rowCount === 0) {
      throw new ChargebackError(
        'INVALID_REQUEST',
        `There is a reader called ${name} already. Choose another --name, or drop that one.`,
      );
    }
    await db.query(
      'insert into chargeback_data.reader_workspace (role, workspace) select distinct $1::name, w from unnest($2::text[]) w',
      [role, workspaces],
    );
    const given = await letIn(db, role, password);
    const reader = await findReader(db, name);
    await recordReader(db, 'reader.create', reader, actor);
    return { ...reader, password: given };
  });
}

/**
 * Gives the reader a new password, and its login back where that is missing; the old password holds no longer. Throws as
 * createReader does, and NOT_FOUND.
 */
export async function renewReader(
  pool: Pool,
  { name, password }: { name: string; password?: string | undefined },
  actor: string,
): Promise<ReaderWithPassword> {
  return makingLogins(pool, async (db) => {
    const { role } = await findReader(db, name);
    const given = await letIn(db, role, password);
    const reader = await findReader(db, name);
    await recordReader(db, 'reader.renew', reader, actor);
    return { ...reader, password: given };
  });
}

/** Takes a login away: from now on its connections see nothing, and new ones are refused. Throws NOT_FOUND. */
export async function dropReader(pool: Pool, name: string, actor: string): Promise<Reader> {
  return makingLogins(pool, async (db) => {
    const reader = await findReader(db, name);
    // A resource that is being added now is shown to the reader, which must not be gone by then: a collection would fail.
    await db.query('lock table chargeback_data.resource in share row exclusive mode');
    await db.query('delete from chargeback_data.reader where role = $1', [reader.role]);
    await takeLoginAway(db, reader.role);
    await recordReader(db, 'reader.drop', reader, actor);
    return reader;
  });
}

/** All readers, by name. */
export async function listReaders(db: Queryable): Promise<Reader[]> {
  return readReaders(db, null);
}

async function findReader(db: Queryable, name: string): Promise<Reader> {
  const [reader] = await readReaders(db, name);
  if (!reader) {
    throw new ChargebackError('NOT_FOUND', `there is no reader ${name}`);
  }
  return reader;
}

async function readReaders(db: Queryable, name: string | null): Promise<Reader[]> {
  const { rows } = await db.query<Omit<Reader, 'created_at'> & { created_at: Date }>(
    `select r.name, r.role::text as role, r.created_at, r.created_by,
       array(select workspace from chargeback_data.reader_workspace w where w.role = r.role order by workspace) as workspaces,
       case when exists (
         select from pg_roles l where l.rolname = r.role and l.rolcanlogin and pg_has_role(l.oid, '${GROUP}', 'usage')
       ) then 'active' else 'missing' end as state
     from chargeback_data.reader r
     where $1::text is null or r.name = $1
     order by r.name collate chargeback_data.by_name, r.name`,
    [name],
  );
  return rows.map((row) => ({ ...row, created_at: row.created_at.toISOString() }));
}

/** Makes the login where there is none, with limits as chargeback_reader has them; returns its password. */
async function letIn(db: Client, role: string, password = randomBytes(24).toString('base64url')): Promise<string> {
  const login = db.escapeIdentifier(role);
  const { rowCount } = await db.query('select from pg_roles where rolname = $1', [role]);
  if (rowCount === 0) {
    await db.query(`create role ${login} login in role ${GROUP}`);
  }
  await db.query(
    `alter role ${login} login connection limit ${CONNECTIONS} password ${db.escapeLiteral(scramVerifier(password))}`,
  );
  await limitReader(db, login);
  return password;
}

const DEPENDENT_OBJECTS = '2BP01';

/**
 * Drops the login. PostgreSQL keeps one of which anything is left in any of its databases, which whoever uses it can bring
 * about (ALTER DEFAULT PRIVILEGES is enough): that one loses its password and all its rights instead.
 */
async function takeLoginAway(db: Client, role: string): Promise<void> {
  const login = db.escapeIdentifier(role);
  await db.query('savepoint login');
  try {
    await db.query(`drop role if exists ${login}`);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === DEPENDENT_OBJECTS)) {
      throw error;
    }
    await db.query('rollback to savepoint login');
    await db.query(`revoke ${GROUP} from ${login}`);
    await db.query(`alter role ${login} nologin password null`);
  }
}

/** Never with the password. */
async function recordReader(
  db: Queryable,
  action: 'reader.create' | 'reader.renew' | 'reader.drop',
  { name, role, workspaces }: Reader,
  actor: string,
): Promise<void> {
  const content = { role, workspaces };
  await recordAudit(db, {
    actor,
    action,
    subject: name,
    workspace: null,
    before: action === 'reader.create' ? null : content,
    after: action === 'reader.drop' ? null : content,
  });
}

const INSUFFICIENT_PRIVILEGE = '42501';

async function makingLogins<T>(pool: Pool, work: (db: Client) => Promise<T>): Promise<T> {
  try {
    return await inTransaction(pool, work);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === INSUFFICIENT_PRIVILEGE)) {
      throw error;
    }
    const { rows } = await pool.query<{ me: string }>('select quote_ident(current_user) as me');
    const me = rows[0]?.me ?? '';
    throw new ChargebackError(
      'INVALID_CONFIGURATION',
      `The user of DATABASE_URL may not do this to logins of PostgreSQL (${error.message}); nothing was changed. Let an administrator run this once, and repeat:\n  alter role ${me} createrole; grant ${GROUP} to ${me} with admin option;`,
      [],
      { cause: error },
    );
  }
}
