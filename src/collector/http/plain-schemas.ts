/** Formats that say more to a reader than the regular expression that checks them. */
const FORMATS = ['date-time', 'date', 'email', 'uuid', 'uri'];

/**
 * JSON schemas without what helps no reader: regular expressions beside a format, the limits of whole numbers in
 * JavaScript, and `$schema`.
 */
export function plainSchemas<T>(value: T): T {
  return plain(value) as T;
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { format } = value as { format?: unknown };
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([key, content]) =>
          !(key === 'pattern' && typeof format === 'string' && FORMATS.includes(format)) &&
          !((key === 'minimum' || key === 'maximum') && Math.abs(Number(content)) === Number.MAX_SAFE_INTEGER) &&
          key !== '$schema',
      )
      .map(([key, content]) => [key, key === 'example' ? content : plain(content)]),
  );
}
