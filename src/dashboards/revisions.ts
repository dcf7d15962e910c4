import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';

/** What was written last of a dashboard: Grafana imports a bundled one again only when its revision differs. */
interface Revision {
  title: string;
  revision: number;
  /** SHA-256 of the dashboard without its revision. */
  content: string;
}

/** Where the revisions are kept, by uid; not beside the dashboards, where Grafana would take it for one. */
export const REVISIONS = 'src/dashboards/revisions.json';

/** The revisions as they were written last; none before the first time. */
export function readRevisions(): Record<string, Revision> {
  return existsSync(REVISIONS) ? (JSON.parse(readFileSync(REVISIONS, 'utf8')) as Record<string, Revision>) : {};
}

/**
 * The dashboards with their revisions, one higher than `before` for each whose content has changed, and the revisions to
 * keep. Throws when a dashboard has another title than before: an upgrade of the app would delete it in Grafana.
 */
export function revised(
  dashboards: Dashboard[],
  before: Record<string, Revision>,
): { dashboards: Array<Dashboard & { revision: number }>; revisions: Record<string, Revision> } {
  const revisions: Record<string, Revision> = {};
  const found = dashboards.map((dashboard) => {
    const { uid = '', title = '' } = dashboard;
    const last = before[uid];
    if (last && last.title !== title) {
      throw new Error(
        `the dashboard ${uid} was called "${last.title}" and is now "${title}": an upgrade would delete it in Grafana; keep the title`,
      );
    }
    const content = createHash('sha256').update(JSON.stringify(dashboard)).digest('hex');
    const revision = last === undefined ? 1 : last.content === content ? last.revision : last.revision + 1;
    revisions[uid] = { title, revision, content };
    return { ...dashboard, revision };
  });
  return { dashboards: found, revisions };
}
