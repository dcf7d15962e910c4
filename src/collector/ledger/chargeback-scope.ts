import type { ResourceField } from '../../domain/resource';
import type { Bind } from './cost-source';

/** What a chargeback is about: the hours [from, to), of all resources or of those that the filters leave. */
export interface ChargebackScope {
  from: Date;
  to: Date;
  /** All workspaces when absent; empty text: unallocated. */
  workspaces?: string[] | undefined;
  /** For a field the values that count; an absent field does not matter. */
  filters?: Partial<Record<ResourceField, string[]>> | undefined;
  /** ISO 4217; the reporting currency when absent. */
  currency?: string | undefined;
}

/** SQL of whether the resource `r` is in the scope. */
export function inScope(
  { workspaces, filters = {} }: Pick<ChargebackScope, 'workspaces' | 'filters'>,
  bind: Bind,
): string {
  const wanted = [...Object.entries(filters), ...(workspaces ? [['workspace', workspaces] as const] : [])];
  return ['true', ...wanted.map(([field, values]) => `r.${field} = any (${bind(values)}::text[])`)].join(' and ');
}
