import { compileGlob, matchGlob } from '../../domain/glob';
import type { Queryable } from '../db/pool';

/**
 * The names, sorted, that stand for granted names and globs: names as they are, globs as the workspaces that exist;
 * null when everything was granted. What is unallocated has no name, so no glob but `*` alone stands for it.
 */
export async function workspacesOf(db: Queryable, granted: string[]): Promise<string[] | null> {
  if (granted.includes('*')) {
    return null;
  }
  const names = new Set(granted.filter((pattern) => !pattern.includes('*')));
  const globs = granted.filter((pattern) => pattern.includes('*')).map(compileGlob);
  if (globs.length > 0) {
    const { rows } = await db.query<{ workspace: string }>(
      `select distinct workspace from chargeback_data.resource where workspace <> ''`,
    );
    for (const { workspace } of rows) {
      if (globs.some((glob) => matchGlob(glob, workspace))) {
        names.add(workspace);
      }
    }
  }
  return [...names].sort();
}
