import type { Budget, BudgetInput, BudgetScope } from '../../api/budgets';
import type { Context } from '../context';
import { inTransaction, type Client, type Pool, type Queryable } from '../db/pool';
import { ChargebackError } from '../errors';
import { onlyWorkspace, recordAudit } from '../ledger/audit';
import { auditedVersion, differingFields, requireVersion, type ExpectedVersions } from '../precondition';
import { contentOf } from './budget-content';
import { findBudgets, insertBudget, removeBudget, updateBudget, type DecidedBudget } from './budget-store';
import { recordCrossings } from './record-crossings';

type Settings = Pick<Context, 'pool' | 'config'>;

/** Who writes, and for which scopes that is allowed. */
export interface BudgetWriter {
  actor: string;
  /** Whether budgets of this scope may be seen, and so be written. */
  maySee(scope: BudgetScope): boolean;
}

/** The budget `id`; throws NOT_FOUND when there is none that `maySee` allows. */
export async function getBudget(db: Queryable, id: number, maySee: BudgetWriter['maySee']): Promise<Budget> {
  const [budget] = await findBudgets(db, [id]);
  if (!budget || !maySee(budget.scope)) {
    throw new ChargebackError('NOT_FOUND', `there is no budget ${id}`);
  }
  return budget;
}

/**
 * Saves a new budget and records what it has crossed already. Throws BUDGET_EXISTS when another of its workspace has its name, and
 * FORBIDDEN when its scope is not the writer's.
 */
export async function createBudget(context: Settings, input: BudgetInput, writer: BudgetWriter): Promise<Budget> {
  refuseScope(input.scope, writer);
  return writingBudgets(context.pool, async (db) => {
    const id = await saveBudget(db, decided(input, context), undefined, writer);
    await recordCrossings(db, context);
    return getBudget(db, id, writer.maySee);
  });
}

/**
 * Replaces a budget. What was crossed in its periods stays crossed. Throws NOT_FOUND, PRECONDITION_FAILED when it is in no
 * version `expected`, BUDGET_EXISTS, and FORBIDDEN when the new scope is not the writer's.
 */
export async function replaceBudget(
  context: Settings,
  id: number,
  input: BudgetInput,
  writer: BudgetWriter,
  expected?: ExpectedVersions,
): Promise<Budget> {
  return writingBudgets(context.pool, async (db) => {
    const before = await getBudget(db, id, writer.maySee);
    refuseScope(input.scope, writer);
    await refuseChanged(db, before, writer, expected);
    await saveBudget(db, decided(input, context), before, writer);
    await recordCrossings(db, context);
    return getBudget(db, id, writer.maySee);
  });
}

/** Deletes a budget; its crossings stay. Throws NOT_FOUND, and PRECONDITION_FAILED when it is in no version `expected`. */
export async function deleteBudget(
  { pool }: Settings,
  id: number,
  writer: BudgetWriter,
  expected?: ExpectedVersions,
): Promise<void> {
  await writingBudgets(pool, async (db) => {
    const before = await getBudget(db, id, writer.maySee);
    await refuseChanged(db, before, writer, expected);
    await removeBudget(db, id, writer.actor);
    await recordAudit(db, {
      actor: writer.actor,
      action: 'budget.delete',
      subject: before.name,
      id,
      workspace: onlyWorkspace([before.scope.workspace]),
      before: contentOf(before),
      after: null,
    });
  });
}

/** Writes of budgets take turns, so that each checks against what the one before left. */
export function writingBudgets<T>(pool: Pool, work: (db: Client) => Promise<T>): Promise<T> {
  return inTransaction(pool, async (db) => {
    await db.query(`select pg_advisory_xact_lock(hashtextextended('chargeback:budgets', 0))`);
    return work(db);
  });
}

/** Inserts a budget, or makes `before` into it, and records who did it; returns its id. */
export async function saveBudget(
  db: Client,
  budget: DecidedBudget,
  before: Budget | undefined,
  { actor }: Pick<BudgetWriter, 'actor'>,
): Promise<number> {
  await refuseTwin(db, budget, before?.id);
  const id = before?.id ?? (await insertBudget(db, budget, actor));
  if (before) {
    await updateBudget(db, id, budget, actor);
  }
  await recordAudit(db, {
    actor,
    action: before ? 'budget.change' : 'budget.create',
    subject: budget.name,
    id,
    version: (before?.version ?? 0) + 1,
    workspace: onlyWorkspace([budget.scope.workspace, (before ?? budget).scope.workspace]),
    before: before ? contentOf(before) : null,
    after: contentOf(budget),
  });
  return id;
}

/** The budget in the reporting currency when it names none. */
export function decided(input: BudgetInput, { config }: Pick<Context, 'config'>): DecidedBudget {
  return { ...input, currency: input.currency ?? config.currency };
}

/** Throws FORBIDDEN when `scope` reaches what the writer may not see. */
export function refuseScope(scope: BudgetScope, { actor, maySee }: BudgetWriter): void {
  if (!maySee(scope)) {
    throw new ChargebackError(
      'FORBIDDEN',
      `${actor} has not been granted all of what this budget would cover. Give its scope a workspace that you may see, or ask an administrator of Chargeback.`,
      [{ path: 'scope.workspace', message: 'must be a workspace that you may see' }],
    );
  }
}

function refuseChanged(
  db: Queryable,
  budget: Budget,
  { maySee }: BudgetWriter,
  expected: ExpectedVersions,
): Promise<void> {
  const { name, version, updated_by: by, updated_at: at } = budget;
  return requireVersion(expected, { what: `the budget "${name}"`, version, by, at }, async (earlier) => {
    const then = (await auditedVersion(db, 'budget', budget.id, earlier)) as DecidedBudget | undefined;
    // In a version that one never saw it may have been that of others.
    return then && maySee(then.scope) ? differingFields(then, contentOf(budget)) : [];
  });
}

/** Names are unique within a workspace, and among what belongs to none: so nobody learns of names of others. */
async function refuseTwin(db: Client, { name, scope }: DecidedBudget, own: number | undefined): Promise<void> {
  const { rows } = await db.query<{ id: number }>(
    `select id from chargeback_data.budget
     where name = $1 and scope->>'workspace' is not distinct from $2 and deleted_at is null and id is distinct from $3`,
    [name, scope.workspace ?? null, own ?? null],
  );
  const [twin] = rows;
  if (twin) {
    throw new ChargebackError('BUDGET_EXISTS', `The name "${name}" is taken; nothing was saved.`, [
      { path: 'name', message: `the budget ${twin.id} has this name; change that one, or choose another name` },
    ]);
  }
}
