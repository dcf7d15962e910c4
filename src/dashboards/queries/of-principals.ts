import { PRINCIPAL, TOPIC } from './dimensions';
import { carried } from './directions';
import { narrowed } from './narrowed';
import { costs } from './sources';

/** Costs and bytes of what is chosen on the dashboard of principals, which has variables for topics and principals, too. */
export const spent = (...columns: string[]) => narrowed(costs(...columns), [TOPIC, PRINCIPAL]);
export const traffic = (...columns: string[]) => narrowed(carried(...columns), [TOPIC, PRINCIPAL]);
