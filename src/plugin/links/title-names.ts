import { addName, linkedField, type NamedResource } from './named-resource';

const NAMED = /\b([a-z_]+) ?[:=] ?(?:"([^"]*)"|'([^']*)'|([\w.-]+))/gi;
const LONGEST_TITLE = 300;

/** What a panel's title names, written as `topic: orders` or `topic="orders"`. */
export function namedByTitle(title: string): NamedResource {
  const named: NamedResource = {};
  for (const [, name = '', double, single, plain] of title.slice(0, LONGEST_TITLE).matchAll(NAMED)) {
    const field = linkedField(name.toLowerCase());
    if (field) {
      addName(named, field, double ?? single ?? plain ?? '');
    }
  }
  return named;
}
