import { AccessFile, type Grant } from '../../api/access';
import { readYaml } from '../yaml-file';

/** The grants of the text of an `access.yaml`; throws INVALID_FILE listing every problem with its line and column. */
export function parseAccessFile(text: string, name: string): Grant[] {
  return readYaml(text, name, AccessFile).grants;
}
