import { PAGES } from '../../plugin-id';
import { writeCostsQuery } from './costs-query';
import type { CostsQuery } from './use-costs-query';

/** Where the page Chargeback is for the hours and the currency that are shown here. */
export function chargebackLink({ range, currency }: CostsQuery): string {
  return `${PAGES.chargeback}?${writeCostsQuery(new URLSearchParams(), { range, currency })}`;
}
