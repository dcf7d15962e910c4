/** Rows as newline-delimited JSON, one object a line; parts as they come. */
export async function* ndjson(rows: AsyncIterable<object[]>): AsyncGenerator<string> {
  for await (const some of rows) {
    yield some.map((row) => `${JSON.stringify(row)}\n`).join('');
  }
}
