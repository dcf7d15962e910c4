import { COST_CENTER } from '../queries/dimensions';
import { narrowed } from '../queries/narrowed';
import { costs } from '../queries/sources';
import type { FactSource } from '../queries/time-range';

/** Costs as `costs` has them, of the chosen cost centres. */
export const statementCosts = (...columns: string[]): FactSource => narrowed(costs(...columns), [COST_CENTER]);
