import fc from 'fast-check';

/** A JSON schema of an OpenAPI 3.1 document, as far as requests are described by it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

/** Values that fit a ledger of March 2026, by the name of the parameter or field: without them hardly any request would be right. */
export type Hints = Record<string, readonly unknown[]>;

/** Looks up what `$ref` names. */
export type Resolve = (reference: string) => Schema;

/** Values that a schema allows, most of them; `name` is that of the parameter or field. */
export function schemaValues(schema: Schema, hints: Hints, resolve: Resolve, name = ''): fc.Arbitrary<unknown> {
  const at = (part: Schema, own = name) => schemaValues(part, hints, resolve, own);
  if (schema.$ref !== undefined) {
    return at(resolve(schema.$ref));
  }
  const kinds = [schema.type ?? []].flat();
  if (schema.const !== undefined) {
    return fc.constant(schema.const);
  }
  if (schema.enum && schema.enum.length > 0) {
    return fc.constantFrom(...schema.enum);
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices && choices.length > 0) {
    return fc.oneof(...choices.map((choice) => at(choice)));
  }
  if (schema.allOf) {
    return fc.tuple(...schema.allOf.map((part) => at(part))).map((parts) => Object.assign({}, ...parts) as unknown);
  }
  if (kinds.length > 1) {
    return fc.oneof(...kinds.map((type) => at({ ...schema, type })));
  }
  const known = (hints[name] ?? []).filter((value) => fits(value, schema));
  const any = typeValues(schema, kinds[0], at);
  return known.length === 0
    ? any
    : fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: any });
}

type At = (part: Schema, name?: string) => fc.Arbitrary<unknown>;

function typeValues(schema: Schema, kind: string | undefined, at: At): fc.Arbitrary<unknown> {
  switch (kind) {
    case 'object':
      return objectValues(schema, at);
    case 'array':
      return fc.array(at(schema.items ?? {}), {
        minLength: Math.min(schema.minItems ?? 0, 3),
        maxLength: Math.max(schema.minItems ?? 0, 3),
      });
    case 'integer':
    case 'number':
      return fc.integer({ min: Math.max(schema.minimum ?? 0, 0), max: Math.min(schema.maximum ?? 100, 100) });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return textValues(schema);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function fits(value: unknown, { type, pattern = '', format }: Schema): boolean {
  if (typeof value === 'string') {
    const formed =
      format === 'date-time' ? value.includes('T') : format === 'date' ? /^\d{4}-\d\d-\d\d$/.test(value) : true;
    return type === 'string' && formed && new RegExp(pattern).test(value);
  }
  return typeof value === 'number'
    ? type === 'integer' || type === 'number'
    : type === (Array.isArray(value) ? 'array' : 'object');
}

function objectValues(schema: Schema, at: At): fc.Arbitrary<object> {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema;
  const fields = Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, at(field, name)]));
  const known = fc.record(fields, { requiredKeys: required.filter((name) => name in fields) });
  if (typeof additionalProperties !== 'object') {
    return known;
  }
  const keys = at({ type: 'string', ...propertyNames }, 'key').map(String);
  return fc
    .tuple(known, fc.dictionary(keys, at(additionalProperties, 'value'), { minKeys: 1, maxKeys: 3 }))
    .map(([own, more]) => ({ ...more, ...own }));
}

function textValues({ format, pattern, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time') {
    return fc.integer({ min: 0, max: 40 }).map((hour) => new Date(Date.UTC(2026, 2, 1, hour)).toISOString());
  }
  if (format === 'date') {
    return fc.integer({ min: 1, max: 9 }).map((day) => `2026-03-0${day}`);
  }
  if (format === 'uuid') {
    return fc.uuid();
  }
  if (pattern !== undefined) {
    return fc.stringMatching(new RegExp(pattern));
  }
  return fc.oneof(
    fc.string({ maxLength: Math.min(maxLength, 20) }),
    fc.constantFrom('alpha', 'own-topic', '=own-application', 'name'),
  );
}
