import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccessFile, type Grant } from '../../api/access';
import { readYaml } from '../yaml-file';

/** The grants of `access.yaml` in the configuration folder; none without the file. Throws INVALID_FILE. */
export function loadGrants(folder: string | undefined): Grant[] {
  const path = folder && join(folder, 'access.yaml');
  return path && existsSync(path) ? parseAccessFile(readFileSync(path, 'utf8'), path) : [];
}

/** The grants of the text of an `access.yaml`; throws INVALID_FILE listing every problem with its line and column. */
export function parseAccessFile(text: string, name: string): Grant[] {
  return readYaml(text, name, AccessFile).grants;
}
