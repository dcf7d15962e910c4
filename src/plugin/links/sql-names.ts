import { addName, linkedField, type NamedResource } from './named-resource';

/**
 * A comment, a string (`E'…'` with backslashes), a quoted name, an operator, a word, or any character. Sticky, and what is
 * not closed reaches to the end of the text: every character is read once, whatever the text is.
 */
const TOKEN =
  /--[^\n]*|\/\*[^]*?(?:\*\/|$)|[eE]'(?:[^'\\]|\\[^]|'')*(?:'|\\?$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|[<>!=~@#%^&|?+*-]+|[a-zA-Z_][\w$]*|[^]/y;

/**
 * What an SQL statement names by `column = 'value'`; several values of a column are alternatives. Other comparisons name
 * nothing, and nothing of the statement is understood beyond that.
 */
export function namedBySql(statement: string): NamedResource {
  const named: NamedResource = {};
  // The last two tokens that say something: a condition is a name, an `=` and a string in a row.
  let [name, last] = ['', ''];
  TOKEN.lastIndex = 0;
  for (let token = TOKEN.exec(statement)?.[0]; token !== undefined; token = TOKEN.exec(statement)?.[0]) {
    if (token.trim() === '' || token.startsWith('--') || token.startsWith('/*')) {
      continue;
    }
    const field = last === '=' ? linkedField(columnOf(name)) : undefined;
    if (field && token.length >= 2 && token.startsWith("'") && token.endsWith("'")) {
      addName(named, field, token.slice(1, -1).replaceAll("''", "'"));
    }
    [name, last] = [last, token];
  }
  return named;
}

const columnOf = (name: string) => (name.startsWith('"') ? name.slice(1, -1) : name.toLowerCase());
