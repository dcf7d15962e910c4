import type { BudgetWebhook } from '../../../api/budget-webhook';
import type { Config } from '../../config';
import { crossingLinks } from './crossing-links';
import type { CrossingNews } from './crossing-news';
import { crossingSentence } from './crossing-text';

/** What the webhook receives of `news`. */
export function crossingWebhook(news: CrossingNews, config: Pick<Config, 'notifications' | 'timezone'>): BudgetWebhook {
  const { id, period, percent, amount, spent, usedPercent, currency, owner, scope, interval } = news;
  return {
    event: id === 'test' ? 'budget.test' : 'budget.threshold_crossed',
    id,
    text: crossingSentence(news),
    budget: { id: news.budgetId, name: news.budget, owner, scope, interval },
    period,
    percent,
    amount,
    spent,
    used_percent: usedPercent,
    currency,
    crossed_at: news.crossedAt.toISOString(),
    data_until: news.dataUntil?.toISOString() ?? null,
    links: crossingLinks(config, news),
  };
}
