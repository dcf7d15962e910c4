import { DirectoryFile } from '../../api/directory';
import { readYaml } from '../yaml-file';

/** The text of a `directory.yaml`, checked; throws INVALID_FILE listing every problem with its line and column. */
export function parseDirectoryFile(text: string, name: string): DirectoryFile {
  return readYaml(text, name, DirectoryFile);
}
