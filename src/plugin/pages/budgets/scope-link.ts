import { dateTimeForTimeZone } from '@grafana/data';
import type { Budget } from '../../../api/budgets';
import { shiftPeriod } from '../../format/period';
import { PAGES } from '../../plugin-id';

/** Where Chargeback shows what a budget is for, in its running period; of a budget that has not begun, in this month. */
export function scopeLink(
  { scope, status, currency }: Pick<Budget, 'scope' | 'status' | 'currency'>,
  timeZone: string,
): string {
  const params = new URLSearchParams(Object.entries(scope));
  params.set('currency', currency);
  if (status) {
    const { start, end } = status.period;
    const instant = (month: string) => dateTimeForTimeZone(timeZone, `${month}-01T00:00:00`).toISOString();
    if (shiftPeriod(start, 1) === end) {
      params.set('period', start);
    } else {
      params.set('from', instant(start));
      params.set('to', instant(end));
    }
  }
  return `${PAGES.chargeback}?${params.toString()}`;
}

/** The dashboard of budgets, at this one; `facts` is the uid of the data source it is to read. */
export function dashboardLink({ name }: Pick<Budget, 'name'>, facts: string | undefined): string {
  const params = new URLSearchParams({ 'var-budget': name, ...(facts ? { 'var-facts': facts } : {}) });
  return `/d/chargeback-budgets?${params.toString()}`;
}
