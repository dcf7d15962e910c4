import type { ResourceField } from '../../domain/resource';
import type { Bind } from './cost-source';

/** SQL of a field of a line as people see it: what has no workspace is called Unallocated. */
const shown = (field: ResourceField) =>
  field === 'workspace' ? `coalesce(nullif(workspace, ''), 'Unallocated')` : field;

/** Small letters by the rules of Unicode, whatever the database's own locale; texts that are equal so are one for people. */
const small = (text: string) => `lower(${text} collate chargeback_data.by_name)`;

/**
 * SQL of whether every word of `search` occurs in one of the fields; case does not matter, and no character has a
 * meaning of its own.
 */
export function namesContain(search: string | undefined, fields: readonly ResourceField[], bind: Bind): string {
  const words = search?.split(/\s+/).filter(Boolean) ?? [];
  // No word holds a line break, so that none is found across two names.
  const names = small(`concat_ws(E'\\n', ${fields.map(shown).join(', ')})`);
  return words.length === 0
    ? 'true'
    : `not exists (select from unnest(${bind(words)}::text[]) word where strpos(${names}, ${small('word')}) = 0)`;
}

/** SQL of the order by the names as people see them, and for names that are equal so, by what they are exactly: a total order. */
export const byNames = (fields: readonly ResourceField[]): string =>
  [...fields.map(byName), ...fields.map((field) => `${field} collate "C"`)].join(', ');

/** SQL by which a list is put into the order of one name. */
export const byName = (field: ResourceField): string => small(shown(field));
