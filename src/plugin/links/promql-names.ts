import { addName, linkedField, type NamedResource } from './named-resource';

/**
 * A string in quotes, a comment, a brace, an operator, a name, or any character. Sticky, and what is not closed reaches to
 * the end of the text: every character is read once, whatever the text is.
 */
const TOKEN =
  /"(?:[^"\\]|\\[^])*(?:"|\\?$)|'(?:[^'\\]|\\[^])*(?:'|\\?$)|`[^`]*(?:`|$)|#[^\n]*|[{}]|=~|!~|!=|==|=|[a-zA-Z_:][\w:]*|[^]/y;

/**
 * What each selector of a PromQL expression names by `label="value"`. Other operators (`!=`, `=~`, `!~`) name nothing, nor
 * do values with escapes that only PromQL would know.
 */
export function namedByPromql(expression: string): NamedResource[] {
  const selectors: NamedResource[] = [];
  let within: NamedResource | undefined;
  // The last two tokens that are no white space: a value is a name, an `=` and a string in a row.
  let [before, last] = ['', ''];
  TOKEN.lastIndex = 0;
  for (let token = TOKEN.exec(expression)?.[0]; token !== undefined; token = TOKEN.exec(expression)?.[0]) {
    if (token.trim() === '' || token.startsWith('#')) {
      continue;
    }
    if (token === '{') {
      within = {};
    } else if (token === '}' && within) {
      selectors.push(within);
      within = undefined;
    } else if (within && last === '=') {
      const field = linkedField(unquote(before) ?? before);
      const value = unquote(token);
      if (field && value !== undefined) {
        addName(within, field, value);
      }
    }
    [before, last] = [last, token];
  }
  return selectors;
}

/** The text of a quoted string; undefined when it is none, or has an escape other than of a quote or a backslash. */
function unquote(token: string): string | undefined {
  const quote = token[0];
  if (token.length < 2 || quote === undefined || !['"', "'", '`'].includes(quote) || !token.endsWith(quote)) {
    return undefined;
  }
  const inner = token.slice(1, -1);
  if (quote === '`') {
    return inner;
  }
  return /\\[^"'\\]/.test(inner.replaceAll('\\\\', '')) ? undefined : inner.replace(/\\(["'\\])/g, '$1');
}
