import { BudgetInput } from '../api/budgets';
import { applyAccess } from '../collector/access/access-store';
import { createBudget } from '../collector/budgets/budgets';
import { recordCrossings } from '../collector/budgets/record-crossings';
import { inTransaction } from '../collector/db/pool';
import { applyDirectory } from '../collector/directory/directory';
import { HOUR } from '../domain/hours';
import { RESOURCE_FIELDS, type Resource } from '../domain/resource';
import { ANYBODY } from './budget-ledger';
import type { TestDatabase } from './database';
import type { UsageFixture } from './facts';
import { createPricedLedger, KAFKA_RATES, marchHour } from './priced-ledger';
import { testContext } from './test-context';

/** What every name of others holds: whoever may see only `alpha` must never read it. */
export const CANARY = /kanari/i;

/** The workspace of the team whose members the tests are; its login in Grafana has a grant to it, and so has its organization. */
export const OURS = 'alpha';
export const MEMBER = 'anna@alpha';
/** Workspaces of others; some are called almost like ours. */
export const THEIRS = ['kanari', 'alpha-kanari', 'kanari alpha', 'ALPHA kanari'] as const;

/** A collection that somebody else asked for, and that failed. */
export const JOB = '00000000-0000-4000-8000-00000000000a';

/** Hours of usage from 2026-03-01 on. */
const HOURS = 30;

/** Names of a resource, each with `mark` in it and its field's name. */
const marked = (mark: string): Partial<Resource> =>
  Object.fromEntries(RESOURCE_FIELDS.map((field) => [field, `${mark}-${field}`]));

const RESOURCES: Array<{ resource: Partial<Resource>; quantity: string }> = [
  { resource: { ...marked('own'), workspace: OURS, labels: { operation: 'own' } }, quantity: '1073741824' },
  { resource: { ...marked('=own'), workspace: OURS }, quantity: '2147483648' },
  ...THEIRS.map((workspace, index) => ({
    resource: { ...marked(`kanari${index}`), workspace, labels: { operation: `kanari${index}` } },
    quantity: `7777777777${index}`,
  })),
  // A name that both teams have says nothing of whose the usage is.
  { resource: { ...marked('own'), workspace: 'kanari', labels: { operation: 'kanari' } }, quantity: '99999999999' },
  { resource: { ...marked('kanari-nobody'), workspace: '' }, quantity: '55555555555' },
];
const METERS = ['kafka_ingress_bytes', 'kafka_egress_bytes', 'kafka_ingress_messages', 'kafka_requests'];

const RATES = `${KAFKA_RATES}
  - { name: own agreement, workspace: ${OURS}, valid_from: 2026-02-01, prices: { kafka_egress_bytes: { per: 1073741824, unit_price: "0.03" } } }
  - name: kanari agreement
    workspace: kanari
    valid_from: 2026-02-01
    notes: kanari pays less
    prices: { kafka_egress_bytes: { per: 1073741824, unit_price: "0.01" } }
`;

const ADDRESS = 'nobody@example.com';
const budget = (name: string, scope: BudgetInput['scope'], contact: string) =>
  BudgetInput.parse({ name, scope, amount: '1', owner: name, contact: [contact], valid_from: '2026-03', notes: name });

/**
 * A ledger of two teams: `alpha`, and others of whom everything that has a name (workspaces, resources, labels, prices,
 * budgets, ownership rules, grants, jobs, errors) holds CANARY. Usage of 30 hours of March 2026, all of it crossed.
 */
export async function createTwoTeamsLedger(): Promise<TestDatabase> {
  const usage = Array.from({ length: HOURS }, (_, hour) =>
    RESOURCES.flatMap(({ resource, quantity }) =>
      METERS.map((meter): UsageFixture => ({ hour: marchHour(hour), meter, resource, quantity })),
    ),
  ).flat();
  const database = await createPricedLedger({ rates: RATES, usage });
  const context = testContext({ DATABASE_URL: database.url });
  try {
    for (const input of [
      budget('own budget', { workspace: OURS }, ADDRESS),
      budget('kanari budget', { workspace: 'kanari' }, 'kanari@example.com'),
      budget(
        'kanari application',
        { workspace: 'alpha-kanari', application: 'kanari1-application' },
        'kanari@example.com',
      ),
      budget('kanari platform', {}, 'kanari@example.com'),
    ]) {
      await createBudget(context, input, ANYBODY);
    }
    await inTransaction(context.pool, (db) => recordCrossings(db, context));
    // A rule that matches nothing, so that usage stays where it is.
    const rule = { match: { topic: 'kanari-no-such-topic' }, set: { workspace: 'kanari', team: 'kanari team' } };
    await applyDirectory(context, [rule], 'kanari-admin');
    await applyAccess(
      context.pool,
      [
        { login: MEMBER, workspaces: [OURS] },
        { organization: 'alpha org', workspaces: [OURS] },
        { login: 'kanari-member', workspaces: [...THEIRS] },
      ],
      'kanari-admin',
    );
    await database.pool.query(
      `insert into chargeback_data.job (id, state, from_hour, to_hour, meters, total, created_by, error)
       values ('${JOB}', 'failed', $1, $2, '["kafka_requests"]', 1, 'kanari-admin', 'no sample of {workspace="kanari"}')`,
      [new Date(marchHour(0)), new Date(marchHour(1))],
    );
    await database.pool.query(
      `insert into chargeback_data.collection (meter_id, hour, attempts, failed_at, error)
       select id, $1, 1, now(), 'the series {workspace="kanari"} cannot be billed' from chargeback_data.meter`,
      [new Date(marchHour(HOURS) + HOUR)],
    );
  } finally {
    await context.pool.end();
  }
  return database;
}
