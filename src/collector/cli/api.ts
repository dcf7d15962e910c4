import { Argument, Command, Option } from 'commander';
import { OPERATIONS, type CallOptions, type OperationId } from '../../api/client';
import { printJson } from './output';
import { readInput } from './read-input';
import { remoteClient } from './remote-client';
import { WrongUsage } from './wrong-usage';

interface Options {
  body?: string;
  ifMatch?: string;
}

type Ask = (id: OperationId, input: object, call: CallOptions) => Promise<{ data: unknown }>;

/** `chargeback api OPERATION [name=value]…`: any operation of the API, over HTTP; prints what it answers. */
export function apiCommand(): Command {
  return new Command('api')
    .description('any operation of the API, asked of a collector over HTTP (CHARGEBACK_URL, CHARGEBACK_TOKEN)')
    .addArgument(new Argument('<operation>', 'its name in /docs').choices(Object.keys(OPERATIONS)))
    .argument('[parameters...]', 'name=value; a name may come several times')
    .addOption(new Option('--body <file>', 'JSON to send; - is stdin'))
    .addOption(new Option('--if-match <etag>', 'the version on which a change builds, for example \'"3"\', or *'))
    .action(async (operation: OperationId, parameters: string[], { body, ifMatch }: Options) => {
      const input = { ...named(parameters), ...(body !== undefined && { body: json(body) }) };
      for (const [, name = ''] of OPERATIONS[operation].path.matchAll(/:(\w+)/g)) {
        if (!(name in input)) {
          throw new WrongUsage(`${operation} needs ${name}=…`);
        }
      }
      // Which names and body an operation takes is the collector's to check: here they are text of a command line.
      const ask = remoteClient().ask as Ask;
      const { data } = await ask(operation, input, ifMatch === undefined ? {} : { ifMatch });
      if (typeof data === 'object' && data !== null && 'content' in data && data.content instanceof Blob) {
        process.stdout.write(await data.content.text());
      } else if (data !== undefined) {
        printJson(data);
      }
    });
}

function named(parameters: string[]): Record<string, string | string[]> {
  const found: Record<string, string[]> = {};
  for (const text of parameters) {
    const at = text.indexOf('=');
    if (at < 1) {
      throw new WrongUsage(`${text}: it must be NAME=VALUE`);
    }
    const name = text.slice(0, at);
    found[name] = [...(found[name] ?? []), text.slice(at + 1)];
  }
  return found;
}

function json(path: string): unknown {
  try {
    return JSON.parse(readInput(path)) as unknown;
  } catch (error) {
    throw error instanceof SyntaxError ? new WrongUsage(`--body ${path}: it is no JSON: ${error.message}`) : error;
  }
}
