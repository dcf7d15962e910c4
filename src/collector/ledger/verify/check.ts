import type { Queryable } from '../../db/pool';

/** Which hours are looked at: whole months of the billing time zone. */
export interface VerifyRange {
  from: Date;
  to: Date;
  timezone: string;
}

/** What a check found: how many things are wrong, and some of them in words. */
export interface Findings {
  problems: number;
  examples: string[];
}

/** Something that must always hold of a ledger. */
export interface Check {
  /** What must hold, as a sentence. */
  name: string;
  run(db: Queryable, range: VerifyRange): Promise<Findings>;
}

const EXAMPLES = 5;

/** Runs a query whose every row (column `problem`) is something wrong. */
export async function findProblems(db: Queryable, sql: string, values: unknown[]): Promise<Findings> {
  const { rows } = await db.query<{ problem: string; problems: number }>(
    `select problem, (count(*) over ())::integer as problems from (${sql}) found order by problem limit ${EXAMPLES}`,
    values,
  );
  return { problems: rows[0]?.problems ?? 0, examples: rows.map(({ problem }) => problem) };
}

/** What several questions found, together. */
export function together(all: Findings[]): Findings {
  return {
    problems: all.reduce((sum, { problems }) => sum + problems, 0),
    examples: all.flatMap(({ examples }) => examples).slice(0, EXAMPLES),
  };
}
