import { DirectoryFile } from '../../api/directory';
import { readYaml } from '../yaml-file';
import { directoryFindings } from './directory-check';

/** The text of a `directory.yaml`, checked; throws INVALID_FILE listing every problem with its line and column. */
export function parseDirectoryFile(text: string, name: string): DirectoryFile {
  return readYaml(text, name, DirectoryFile, ({ rules }, problem) => {
    directoryFindings(rules).forEach(({ path, message }) => problem(path, message));
  });
}
