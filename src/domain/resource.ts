/** The fields of a resource that come from what was observed (labels) or from the directory, in the order of the SQL views. */
export const RESOURCE_FIELDS = [
  'organization',
  'environment',
  'cluster',
  'workspace',
  'application',
  'topic',
  'principal',
  'agent',
  'model',
  'business_unit',
  'product',
  'team',
  'cost_center',
] as const;

export type ResourceField = (typeof RESOURCE_FIELDS)[number];

/** What used something. An absent field is the empty string; `labels` holds labels that are kept as they are (such as `operation`). */
export type Resource = Record<ResourceField, string> & { labels: Record<string, string> };

/** A resource of which nothing is known but `known`. */
export function resource(known: Partial<Resource> = {}): Resource {
  const empty = Object.fromEntries(RESOURCE_FIELDS.map((field) => [field, ''])) as Record<ResourceField, string>;
  return { ...empty, labels: {}, ...known };
}
