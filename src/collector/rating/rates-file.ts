import { RatesFile } from '../../api/rate-cards';
import { readYaml } from '../yaml-file';

/** The text of a `rates.yaml`, checked; throws INVALID_FILE listing every problem with its line and column. */
export function parseRatesFile(text: string, name: string): RatesFile {
  return readYaml(text, name, RatesFile);
}
