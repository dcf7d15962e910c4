import { usage } from './sources';
import type { FactSource } from './time-range';

/** Bytes of 1 GiB, the unit in which traffic is read and priced. */
export const GIB = '1073741824';

/** Conditions that a meter's slug (or a cost's charge type) counts bytes in or out, as `reportColumn` of the domain has it. */
export const isIngress = (slug: string) => `${slug} like '%\\_ingress\\_bytes'`;
export const isEgress = (slug: string) => `${slug} like '%\\_egress\\_bytes'`;

/** The condition that it counts messages, in or out. */
export const isMessages = (slug: string) => `${slug} like '%\\_messages'`;

/** Bytes in and out of the chosen resources, priced or not; usage of other meters, whatever their unit, is not in it. */
export function carried(...columns: string[]): FactSource {
  const all = usage(...columns);
  return { ...all, where: `(${isIngress('f.meter')} or ${isEgress('f.meter')})\n      and ${all.where}` };
}
