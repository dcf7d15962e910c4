import type { RateCard } from '../../../api/rate-cards';
import { meterName } from '../../format/names';

/** All versions of a card of one name for one workspace, or for every one. */
export interface CardRow {
  key: string;
  name: string;
  /** Empty: for every workspace. */
  workspace: string;
  /** Newest first, never empty. */
  versions: [RateCard, ...RateCard[]];
}

/** Cards by name and workspace: those for every workspace first, then by workspace and name. */
export function cardRows(cards: RateCard[]): CardRow[] {
  const rows = new Map<string, CardRow>();
  for (const card of [...cards].sort((a, b) => Date.parse(b.valid_from) - Date.parse(a.valid_from))) {
    const { name, workspace } = card;
    const key = JSON.stringify([workspace, name]);
    const row = rows.get(key);
    if (row) {
      row.versions.push(card);
    } else {
      rows.set(key, { key, name, workspace, versions: [card] });
    }
  }
  return [...rows.values()].sort(
    (a, b) => a.workspace.localeCompare(b.workspace, 'en') || a.name.localeCompare(b.name, 'en'),
  );
}

/** Whether every word of `search` occurs in the card's name, workspace, notes, currency or meters. */
export function matchesSearch(card: RateCard, search: string): boolean {
  const meters = Object.keys(card.prices).flatMap((slug) => [slug, meterName(slug)]);
  const text = [card.name, card.workspace, card.notes, card.currency, ...meters].join('\n').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
