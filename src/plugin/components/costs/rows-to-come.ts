import { PAGE_SIZE } from './use-costs';

/** How many rows a page will have when `found` lines are known to be there; a full page when that is not known. */
export function rowsToCome(found: number | undefined, page: number): number {
  return found === undefined ? PAGE_SIZE : Math.max(1, Math.min(PAGE_SIZE, found - (page - 1) * PAGE_SIZE));
}
