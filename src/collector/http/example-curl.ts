import type { Example } from '../../api/example';
import type { Operation } from '../../api/operation';

/** Text in single quotes of a shell. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** An example request as a command for a shell in which URL and TOKEN are set. */
export function curlOf({ method, path, body }: Operation, example: Example<Operation>): string {
  const parts = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} "$URL${addressOf(path, example)}"`,
    ...(path.startsWith('/v1/') ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...(example.ifMatch === undefined ? [] : [`-H ${quoted(`If-Match: ${example.ifMatch}`)}`]),
    ...(body
      ? [
          `-H 'Content-Type: application/json'`,
          `-d ${quoted(JSON.stringify((example.input as { body?: unknown }).body))}`,
        ]
      : []),
  ];
  return parts.join(' \\\n  ');
}

/** Path and parameters of an example request. */
export function addressOf(path: string, { input }: Pick<Example<Operation>, 'input'>): string {
  const { body: _body, ...rest } = input as { body?: unknown };
  const given = rest as Record<string, string | number | Array<string | number>>;
  const filled = path.replace(/:(\w+)/g, (_part, name: string) => String(given[name]));
  const query = Object.entries(given)
    .filter(([name]) => !path.split('/').includes(`:${name}`))
    .flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)]));
  // A colon and a comma may stand in a query as they are, and are easier to read.
  const text = new URLSearchParams(query).toString().replaceAll('%3A', ':').replaceAll('%2C', ',');
  return text === '' ? filled : `${filled}?${text}`;
}
