import pg from 'pg';
import type { Queryable } from '../db/pool';

/** The key under which a worker shows that it lives. */
const key = `hashtextextended('chargeback:worker:' || $1, 0)`;

/**
 * Signs of life of this process's workers: a session-level lock each, which PostgreSQL releases the moment the process
 * dies, however it dies. The queue's own notion of a dead worker is a job locked for four hours.
 */
export class WorkerLease {
  #client: pg.Client | undefined;
  readonly #workers = new Set<string>();

  constructor(
    private readonly databaseUrl: string,
    private readonly onLost: (error: Error) => void,
  ) {}

  /** Takes the lock of a worker; after a broken connection, those of all workers again. */
  async hold(workerId?: string): Promise<void> {
    if (workerId) {
      this.#workers.add(workerId);
    }
    if (!this.#client) {
      const client = new pg.Client({ connectionString: this.databaseUrl, application_name: 'chargeback worker lease' });
      client.on('error', (error) => {
        this.#client = undefined;
        this.onLost(error);
      });
      await client.connect();
      this.#client = client;
      for (const worker of this.#workers) {
        await client.query(`select pg_try_advisory_lock(${key})`, [worker]);
      }
    } else if (workerId) {
      await this.#client.query(`select pg_try_advisory_lock(${key})`, [workerId]);
    }
  }

  /** Lets go of a worker that has ended, so that whatever job it still holds is taken over, also by this process. */
  async giveUp(workerId: string): Promise<void> {
    this.#workers.delete(workerId);
    await this.#client?.query(`select pg_advisory_unlock(${key})`, [workerId]);
  }

  async release(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }
}

/** Gives back the jobs that are held by workers which show no sign of life. Returns those workers. */
export async function freeDeadWorkers(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ locked_by: string }>(
    'select distinct locked_by from graphile_worker.jobs where locked_by is not null',
  );
  const dead: string[] = [];
  for (const { locked_by } of rows) {
    const { rows: found } = await db.query<{ free: boolean }>(`select pg_try_advisory_xact_lock(${key}) as free`, [
      locked_by,
    ]);
    if (found[0]?.free) {
      dead.push(locked_by);
    }
  }
  if (dead.length > 0) {
    await db.query('select graphile_worker.force_unlock_workers($1::text[])', [dead]);
  }
  return dead;
}
