import { readFileSync } from 'node:fs';

/**
 * A page with its part between `<!-- name … -->` and `<!-- /name -->` replaced by `content`; the rest is written by hand. Throws
 * when the page has no such part.
 */
export function withMarkedPart(path: string, name: string, content: string): string {
  const page = readFileSync(path, 'utf8');
  const begin = page.indexOf('-->', page.indexOf(`<!-- ${name}`)) + 3;
  const end = page.indexOf(`<!-- /${name} -->`);
  if (!page.includes(`<!-- ${name}`) || end < begin) {
    throw new Error(`${path} has no part between <!-- ${name} … --> and <!-- /${name} -->`);
  }
  return `${page.slice(0, begin)}\n\n${content.trim()}\n\n${page.slice(end)}`;
}
