import type { Budget, BudgetStatus } from '../../api/budgets';

/** How a budget of 1,000 stands in November 2026 that has used 612.50 of it after three fifths of the time. */
export const sampleStatus = (change: Partial<BudgetStatus> = {}): BudgetStatus => ({
  period: { start: '2026-11', end: '2026-12' },
  spent: '612.5',
  remaining: '387.5',
  used_percent: '61.25',
  elapsed_percent: '60',
  burn_ratio: '1.0209',
  thresholds: [
    { percent: '50', reached: true, crossed_at: '2026-11-14T09:05:00.000Z' },
    { percent: '90', reached: false, crossed_at: null },
    { percent: '100', reached: false, crossed_at: null },
  ],
  ...change,
});

/** A budget of the workspace payments, 1,000 USD a month. */
export const sampleBudget = (change: Partial<Budget> = {}): Budget => ({
  id: 1,
  version: 1,
  name: 'Payments',
  scope: { workspace: 'payments' },
  amount: '1000',
  currency: 'USD',
  interval: 'month',
  thresholds: ['50', '90', '100'],
  owner: 'checkout',
  contact: ['checkout@example.com'],
  valid_from: '2026-01',
  notes: '',
  created_at: '2026-01-05T10:00:00.000Z',
  created_by: 'finance',
  updated_at: '2026-01-05T10:00:00.000Z',
  updated_by: 'finance',
  status: sampleStatus(),
  ...change,
});
