/** The fields of a resource by which costs are linked to, the most telling first. */
export const LINKED_FIELDS = ['topic', 'principal', 'cluster', 'workspace'] as const;
export type LinkedField = (typeof LINKED_FIELDS)[number];

/** What a query or title names: for each field the values that it asks for, exactly. */
export type NamedResource = Partial<Record<LinkedField, string[]>>;

/** Names of labels and columns, and the field that each stands for. */
const FIELD_OF: Readonly<Record<string, LinkedField>> = {
  topic: 'topic',
  principal: 'principal',
  service_account: 'principal',
  cluster: 'cluster',
  virtual_cluster: 'cluster',
  workspace: 'workspace',
};

/** The field that a label or column stands for, if any. */
export function linkedField(name: string): LinkedField | undefined {
  return Object.hasOwn(FIELD_OF, name) ? FIELD_OF[name] : undefined;
}

/** Adds `field = value` to what is named. Nothing, and what depends on a dashboard variable, names nothing. */
export function addName(named: NamedResource, field: LinkedField, value: string): void {
  const known = named[field] ?? [];
  if (value !== '' && value.length <= 200 && !/[$[\]]/.test(value) && !known.includes(value)) {
    named[field] = [...known, value];
  }
}

/**
 * What several selectors name together: a field counts only when each of them that names anything names it, so that the
 * costs are never those of less than what is shown.
 */
export function namedByAll(selectors: NamedResource[]): NamedResource {
  const naming = selectors.filter((selector) => LINKED_FIELDS.some((field) => selector[field]));
  return Object.fromEntries(
    LINKED_FIELDS.flatMap((field) => {
      const values = naming.map((selector) => selector[field]);
      return naming.length > 0 && values.every((value) => value !== undefined)
        ? [[field, [...new Set(values.flat())]]]
        : [];
    }),
  );
}
