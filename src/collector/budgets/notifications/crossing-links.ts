import { billingMonth } from '../../../domain/billing-month';
import type { Config } from '../../config';
import type { CrossingNews } from './crossing-news';

/**
 * Where a crossing can be looked at in Grafana: the page Budgets, and the dashboard from the period's start until the
 * data's end. Null when neither CHARGEBACK_NOTIFY_GRAFANA_URL nor CHARGEBACK_GRAFANA_URL is set.
 */
export function crossingLinks(
  { notifications: { grafanaUrl }, timezone }: Pick<Config, 'notifications' | 'timezone'>,
  { budget, period, dataUntil, crossedAt }: CrossingNews,
): { budgets: string; dashboard: string } | null {
  if (grafanaUrl === undefined) {
    return null;
  }
  const question = new URLSearchParams({
    'var-budget': budget,
    from: String(billingMonth(period.start, timezone).start.getTime()),
    to: String((dataUntil ?? crossedAt).getTime()),
  });
  return {
    budgets: `${grafanaUrl}/a/finops-chargeback-app/budgets`,
    dashboard: `${grafanaUrl}/d/chargeback-budgets?${question.toString()}`,
  };
}
