import type { ResourceField } from '../../domain/resource';

/** How an empty dimension is called on every screen. */
export const UNALLOCATED = 'Unallocated';

/** The name of a workspace, or Unallocated. */
export function workspaceName(workspace: string): string {
  return workspace === '' ? UNALLOCATED : workspace;
}

/** A meter's slug in words: `kafka_ingress_bytes` → `Kafka ingress bytes`. */
export function meterName(slug: string): string {
  const words = slug.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A field of a resource in words: `cost_center` → `Cost center`. */
export function fieldName(field: ResourceField): string {
  return meterName(field);
}
