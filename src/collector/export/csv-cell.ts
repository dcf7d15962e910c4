/**
 * A text for a cell of a CSV file that people open in a spreadsheet: one that a spreadsheet would run as a formula gets
 * an apostrophe in front, which makes it plain text there. Names come from labels, which anybody may send.
 */
export function csvText(text: string): string {
  return /^[\s\p{Cc}\p{Cf}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u.test(text) ? `'${text}` : text;
}
