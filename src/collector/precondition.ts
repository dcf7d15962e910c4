import type { ChangedField, ChangedMeanwhile } from '../api/changed-meanwhile';
import type { Queryable } from './db/pool';
import { ChargebackError } from './errors';

/** The versions of an object on one of which a writer builds; undefined: on whichever it is in. */
export type ExpectedVersions = readonly number[] | undefined;

/** The object as it is, and who made it so (empty, null: not told). */
export interface InForce {
  /** In a sentence: `the budget "Payments"`. */
  what: string;
  version: number;
  by: string;
  at: string | null;
}

/** PRECONDITION_FAILED, with what became of the object meanwhile, where the writer may be told. */
export class PreconditionFailed extends ChargebackError {
  constructor(
    detail: string,
    readonly changed: ChangedMeanwhile,
  ) {
    super('PRECONDITION_FAILED', detail);
  }
}

/**
 * Throws PRECONDITION_FAILED unless the object is in one of the versions expected; `fieldsSince` tells what differs from
 * an earlier version. Call it with the lock under which the object is written.
 */
export async function requireVersion(
  expected: ExpectedVersions,
  { what, version, by, at }: InForce,
  fieldsSince: (version: number) => Promise<ChangedField[]>,
): Promise<void> {
  if (expected === undefined || expected.includes(version)) {
    return;
  }
  const read = Math.max(...expected.filter((one) => one >= 0 && one < version));
  if (!Number.isFinite(read)) {
    throw new PreconditionFailed(
      `If-Match names no version that ${what} has had before. It is in version ${version} now; load it, and send If-Match: "${version}".`,
      { version, by, at, fields: [] },
    );
  }
  throw new PreconditionFailed(
    `${by ? `${by} changed ${what} at ${at}, after you had read it` : `Somebody changed ${what} after you had read it`}; nothing was saved. Load it again and repeat your change.`,
    { version, by, at, fields: await fieldsSince(read) },
  );
}

/** An object as it was in a version before this one, by the record of changes; undefined when that does not tell. */
export async function auditedVersion(
  db: Queryable,
  object: string,
  id: number,
  version: number,
): Promise<Record<string, unknown> | undefined> {
  const { rows } = await db.query<{ before: Record<string, unknown> | null }>(
    `select before from chargeback_data.audit where split_part(action, '.', 1) = $1 and object_id = $2 and version = $3
     order by id limit 1`,
    [object, String(id), version + 1],
  );
  return rows[0]?.before ?? undefined;
}

/** What is known of an object beside what somebody wrote. */
const NOT_WRITTEN = ['id', 'version', 'status', 'created_at', 'created_by', 'updated_at', 'updated_by'];

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields in which two objects differ; of those that are objects themselves (prices, scope) their own. */
export function differingFields(before: object, after: object, path = ''): ChangedField[] {
  const [old, now] = [before, after].map((side) => new Map<string, unknown>(Object.entries(side)));
  const names = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])];
  return names.flatMap((name): ChangedField[] => {
    const [one, other] = [old?.get(name) ?? null, now?.get(name) ?? null];
    const field = path === '' ? name : `${path}.${name}`;
    if (path === '' && NOT_WRITTEN.includes(name)) {
      return [];
    }
    if (path === '' && isObject(one) && isObject(other)) {
      return differingFields(one, other, field);
    }
    return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other)) ? [] : [{ field, before: one, after: other }];
  });
}

/** The same with the fields of objects in one order: what comes from the database has another. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([one], [other]) => (one < other ? -1 : 1))
          .map(([name, inner]) => [name, sorted(inner)]),
      )
    : value;
}
