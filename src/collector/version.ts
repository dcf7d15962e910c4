import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The version in package.json, found from the sources as well as from the bundle in dist-collector/. */
export const VERSION = readVersion();

function readVersion(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const found = [join(here, '..', 'package.json'), join(here, '..', '..', 'package.json')].find((path) =>
    existsSync(path),
  );
  const manifest: unknown = found ? JSON.parse(readFileSync(found, 'utf8')) : {};
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
}
