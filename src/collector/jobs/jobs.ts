import { setTimeout as sleep } from 'node:timers/promises';
import { EventEmitter } from 'node:events';
import { Logger, makeWorkerUtils, run, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker';
import { repeatCrossings } from '../budgets/repeat-crossings';
import { repeatDeliveries } from '../budgets/notifications/repeat-deliveries';
import type { Context } from '../context';
import { inTransaction, ownPool } from '../db/pool';
import { ChargebackError } from '../errors';
import { repeatChecks } from '../ledger/checks/repeat-checks';
import { collect } from '../metering/collect';
import { repeat } from '../repeat';
import { dueHours, forgetFutureHours } from './due-hours';
import { keepSettleMinutes } from './keep-settle-minutes';
import { REQUESTED, runRequested } from './requested-collections';
import { freeDeadWorkers, WorkerLease } from './worker-lease';

export { getJob, requestCollection } from './requested-collections';

/** The queue's name for the collection of due hours. */
const DUE = 'collect-due';
/** How often a collector looks for what is due. */
const PLAN_EVERY = 20_000;
/** Jobs planned at a time; more are planned when these are done. */
const PLANNED_AT_ONCE = 200;

/**
 * Starts working: looks for due hours again and again, and works the queue off together with all other collectors of
 * this database. Survives restarts of PostgreSQL. `stop` lets the running jobs finish.
 */
export async function startJobs(context: Context): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController();
  const budgets = [repeatCrossings(context, stopping.signal), repeatDeliveries(context, stopping.signal)];
  if (!context.config.prometheusUrl) {
    context.log.warn(
      'PROMETHEUS_URL is not set: this collector serves the API and collects nothing; jobs are left to those that have it',
    );
    return {
      async stop() {
        stopping.abort();
        await Promise.all(budgets);
      },
    };
  }
  await keepSettleMinutes(context);
  const lease = new WorkerLease(context.config.databaseUrl, (error) =>
    context.log.warn({ error: error.message }, 'the connection that shows our workers alive was lost'),
  );
  const worker = superviseWorker(context, lease, stopping.signal);
  const planner = repeatPlanning(context, lease, stopping.signal);
  const checks = repeatChecks(context, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await Promise.all([worker, planner, checks, ...budgets]);
      await lease.release();
    },
  };
}

/** Puts what is due into the queue; hours that wait or are being worked on already are not put in twice. Returns the number of jobs added. */
export async function planDueHours(context: Context): Promise<number> {
  const ahead = await forgetFutureHours(context);
  if (ahead > 0) {
    context.log.warn(
      { hours: ahead },
      'hours that have not ended were marked as collected: the clock was ahead; they will be collected when they end',
    );
  }
  const dead = await inTransaction(context.pool, freeDeadWorkers);
  if (dead.length > 0) {
    context.log.warn({ workers: dead.length }, 'jobs of collectors that died were taken over');
  }
  const due = await dueHours(context);
  if (due.length === 0) {
    return 0;
  }
  const { rows } = await context.pool.query<{ key: string }>(
    'select key from graphile_worker.jobs where task_identifier = $1 and key is not null and (locked_at is not null or attempts < max_attempts)',
    [DUE],
  );
  const waiting = new Set(rows.map(({ key }) => key));
  const queue = await makeWorkerUtils({ pgPool: ownPool(context.pool) });
  try {
    let added = 0;
    for (const { meter, from, to } of due.slice(0, PLANNED_AT_ONCE)) {
      const jobKey = `${DUE}:${meter}:${from}`;
      if (!waiting.has(jobKey)) {
        // One attempt: what still is due afterwards is planned anew, with the patience of dueHours.
        await queue.addJob(DUE, { meter, from, to }, { jobKey, queueName: `meter:${meter}`, maxAttempts: 1 });
        added += 1;
      }
    }
    return added;
  } finally {
    await queue.release();
  }
}

function repeatPlanning(context: Context, lease: WorkerLease, signal: AbortSignal): Promise<void> {
  return repeat(context, signal, {
    every: PLAN_EVERY,
    afterFailure: 1000,
    failing: 'cannot plan collections',
    async work() {
      await lease.hold();
      await planDueHours(context);
    },
  });
}

/** Runs the queue's worker; when it ends by a fault, for example because PostgreSQL restarts, starts it again. */
async function superviseWorker(context: Context, lease: WorkerLease, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const runner = await startRunner(context, lease, signal);
      const stop = () => void runner.stop().catch(() => undefined);
      signal.addEventListener('abort', stop);
      await runner.promise;
      signal.removeEventListener('abort', stop);
    } catch (error) {
      context.log.warn(
        { error: error instanceof Error ? error.message : String(error) },
        'the job worker stopped; starting it again',
      );
    }
    await pause(1000, signal);
  }
}

async function startRunner(context: Context, lease: WorkerLease, signal: AbortSignal): Promise<Runner> {
  const events: WorkerEvents = new EventEmitter();
  let runner: Runner | undefined;
  events.on('worker:create', ({ worker }) => void lease.hold(worker.workerId).catch(() => undefined));
  events.on('worker:stop', ({ worker, error }) => {
    void lease.giveUp(worker.workerId).catch(() => undefined);
    // A worker that cannot even say that its job has ended (its connection broke) ends for good, and its pool goes on without
    // it, at last with none: the pool is replaced as a whole.
    if (error) {
      void runner?.stop().catch(() => undefined);
    }
  });
  const taskList: TaskList = {
    [DUE]: async (payload) => {
      const { meter, from, to } = payload as { meter: string; from: number; to: number };
      await collectDue(context, { meter, from, to }, signal);
    },
    [REQUESTED]: async (payload, { job }) => {
      await runRequested(context, (payload as { id: string }).id, signal, job.attempts >= job.max_attempts);
    },
  };
  runner = await run({
    connectionString: context.config.databaseUrl,
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 2000,
    taskList,
    events,
    logger: new Logger(() => (level, message) => {
      context.log.debug({ level }, message);
    }),
  });
  return runner;
}

async function collectDue(
  context: Context,
  { meter, from, to }: { meter: string; from: number; to: number },
  signal: AbortSignal,
): Promise<void> {
  try {
    const outcome = await collect(context, { from, to, meters: [meter], signal });
    const [own] = outcome.meters;
    context.log.info(
      {
        meter,
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        changed: own?.changed,
        errors: own?.errors.length,
      },
      'collected',
    );
  } catch (error) {
    if (error instanceof ChargebackError) {
      // Recorded with the hour, where people look; the next plan comes back to it.
      context.log.warn({ meter, code: error.code, error: error.detail }, 'hours were not collected');
      return;
    }
    throw error;
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
