import { matchesVariables, type Dimension } from './dimensions';
import type { FactSource } from './time-range';

/** The source with what is chosen in variables that not all dashboards have, beside those of `DIMENSIONS`. */
export function narrowed(source: FactSource, dimensions: Dimension[]): FactSource {
  return { ...source, where: `${source.where}\n      and ${matchesVariables('f', dimensions)}` };
}
