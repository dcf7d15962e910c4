import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isSeq, parseDocument, type Document } from 'yaml';
import { DAY } from './week';

/** The latest 15th that lies at least two days before `now` (ms), as YYYY-MM-DD: in the middle of a month, with usage on both sides. */
export function midMonthBefore(now: number): string {
  const latest = new Date(now - 2 * DAY);
  const month = latest.getUTCDate() >= 15 ? latest.getUTCMonth() : latest.getUTCMonth() - 1;
  return new Date(Date.UTC(latest.getUTCFullYear(), month, 15)).toISOString().slice(0, 10);
}

/** Sets `valid_from` of the entries of the list `list` for which `has` holds in their place; comments stay. */
function date(
  document: Document,
  list: string,
  has: (entry: { get(key: string): unknown }) => boolean,
  day: string | ((kept: string) => string),
): void {
  const entries = document.get(list);
  if (!isSeq(entries)) {
    throw new Error(`the configuration has no list "${list}"`);
  }
  for (const entry of entries.items) {
    if (isMap(entry) && has(entry)) {
      entry.set('valid_from', typeof day === 'string' ? day : day(String(entry.get('valid_from'))));
    }
  }
}

/**
 * Copies the configuration of the folder `from` to the folder `to`; what changes over time is moved to where the
 * history that ends at `now` (ms) has usage before and after it: the rate change into the middle of a month, the change
 * of an owner ten days before the end, all that is older to the beginning of the year before; budgets begin in that year,
 * in the month in which they begin here.
 */
export function writeConfiguration(from: string, to: string, now: number): void {
  mkdirSync(to, { recursive: true });
  const before = `${new Date(now).getUTCFullYear() - 1}-01-01`;
  const edits: Record<string, (document: Document) => void> = {
    'rates.yaml': (document) => {
      date(document, 'rate_cards', () => true, before);
      date(document, 'rate_cards', (card) => String(card.get('name')).endsWith('mid-month'), midMonthBefore(now));
    },
    'directory.yaml': (document) => {
      const moved = new Date(now - 10 * DAY).toISOString().slice(0, 10);
      date(document, 'rules', (rule) => rule.get('valid_from') !== undefined, moved);
    },
    'budgets.yaml': (document) => {
      date(
        document,
        'budgets',
        () => true,
        (kept) => before.slice(0, 4) + kept.slice(4),
      );
    },
  };
  for (const name of readdirSync(from).filter((file) => file.endsWith('.yaml'))) {
    const edit = edits[name];
    if (edit) {
      const document = parseDocument(readFileSync(join(from, name), 'utf8'));
      edit(document);
      writeFileSync(join(to, name), document.toString({ lineWidth: 0 }));
    } else {
      copyFileSync(join(from, name), join(to, name));
    }
  }
}
