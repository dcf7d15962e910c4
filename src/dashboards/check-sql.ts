import { RESOURCE_FIELDS } from '../domain/resource';

/** Macros that say what they mean; the others are inclusive at both ends, or count days as 24 hours of UTC. */
const MACROS = ['__timeFrom', '__timeTo'];

/** A column that people see (quoted, with a capital) or a series that is a field of the resource as it stands, which may be empty. */
const UNLABELLED = new RegExp(
  `(?<![\\w('"])(?:\\w+\\.)?(${RESOURCE_FIELDS.join('|')})\\s+as\\s+(metric\\b|"[A-Z][^"]*")`,
  'g',
);

/** What would go wrong with a query in Grafana, each as the end of a sentence about what it belongs to. */
export function* checkSql(sql: string): Generator<string> {
  const own = new Set([...sql.matchAll(/(\w+) as (?:materialized )?\(/g)].map(([, name]) => name));
  for (const [, name = ''] of sql.matchAll(/\b(?:from|join)\s+(?:lateral\s+)?([a-z_][\w.]*)(?!\w|\s*\()/gi)) {
    if (!own.has(name) && !name.startsWith('chargeback.') && !isPartOfDistinct(sql, name)) {
      yield `reads "${name}", which is no view of the schema chargeback: another viewer's search_path decides what that is`;
    }
  }
  for (const [whole, name = '', format] of sql.matchAll(/\$\{(\w+)(?::(\w+))?\}/g)) {
    if (format !== 'sqlstring') {
      yield `puts ${whole} into SQL unquoted: write \${${name}:sqlstring}`;
    }
  }
  for (const [whole, name = '', bracket] of sql.matchAll(/\$(\w+)(\()?|\[\[\w+\]\]/g)) {
    if (!MACROS.includes(name)) {
      yield `uses ${whole}${bracket ? '…)' : ''}: variables are written \${name:sqlstring}, times $__timeFrom()::timestamptz <= t and t < $__timeTo()::timestamptz`;
    }
  }
  if (/\$__time(From|To)\(\)(?!::timestamptz)/.test(sql)) {
    yield 'uses the time range without a cast: write $__timeFrom()::timestamptz';
  }
  for (const [, column, shown] of sql.matchAll(UNLABELLED)) {
    yield `shows ${column} as ${shown} without a name for an empty one, for which Grafana shows the name of the column: use named()`;
  }
  if (/\blimit\s+\d/i.test(sql)) {
    yield 'stops at a number of rows without saying so (limit)';
  }
  if (/\bcurrent_date\b|\bat local\b|\blocaltime(stamp)?\b/i.test(sql)) {
    yield 'uses a day of the session, whose time zone any viewer can change: write the billing time zone out';
  }
}

/** "is distinct from x" reads nothing. */
function isPartOfDistinct(sql: string, name: string): boolean {
  return new RegExp(`distinct\\s+from\\s+${name.replaceAll('.', '\\.')}\\b`, 'i').test(sql);
}
