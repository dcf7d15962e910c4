import { z } from 'zod';
import { BudgetCrossing, BudgetScope } from './budgets';
import { BUDGET_INTERVALS } from '../domain/budget';
import { DecimalText } from './common';

/** What CHARGEBACK_NOTIFY_WEBHOOK_URL receives (POST) when a threshold of a budget was crossed. */
export const BudgetWebhook = BudgetCrossing.pick({
  id: true,
  period: true,
  percent: true,
  amount: true,
  spent: true,
  currency: true,
  crossed_at: true,
  data_until: true,
}).extend({
  event: z
    .enum(['budget.threshold_crossed', 'budget.test'])
    .describe('budget.test when an administrator tries the webhook: nothing was crossed'),
  text: z.string().describe('one line for people'),
  budget: z.object({
    id: z.number().int(),
    name: z.string(),
    owner: z.string(),
    scope: BudgetScope,
    interval: z.enum(BUDGET_INTERVALS),
  }),
  used_percent: DecimalText.describe('100 × spent ÷ amount, cut off behind 6 digits'),
  links: z
    .object({ budgets: z.url(), dashboard: z.url() })
    .nullable()
    .describe('pages of Grafana; null when the collector does not know its URL'),
});
export type BudgetWebhook = z.infer<typeof BudgetWebhook>;
