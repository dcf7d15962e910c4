import { config } from '@grafana/runtime';
import { screen, within } from '@testing-library/react';
import { OrgRole } from '@grafana/data';
import type { Budget } from '../../../api/budgets';
import { render } from '../../../testing/render';
import { sampleBudget, sampleStatus } from '../../testing/sample-budget';
import { BudgetsList } from './BudgetsList';
import { useBudgetsQuery } from './use-budgets-query';

const ME = { login: 'x', role: 'editor' as const, workspaces: ['*'], timezone: 'UTC', currency: 'USD' };

function List({ budgets, mayCreate }: { budgets: Budget[]; mayCreate: boolean }) {
  const list = { data: budgets, watermark: '2026-11-21T16:00:00.000Z', may_create: mayCreate };
  return <BudgetsList data={{ me: ME, list }} query={useBudgetsQuery()} />;
}
const show = (budgets: Budget[], address = '/', mayCreate = true) =>
  render(<List budgets={budgets} mayCreate={mayCreate} />, address);

const rows = () =>
  within(screen.getByRole('table', { name: 'Budgets' }))
    .getAllByRole('row')
    .slice(1);

const breached = sampleBudget({
  id: 2,
  name: 'Spent up',
  scope: {},
  status: sampleStatus({ spent: '1047.5', used_percent: '104.75', burn_ratio: '1.7458' }),
});
const future = sampleBudget({ id: 3, name: 'Next year', scope: { team: 'risk' }, valid_from: '2027-01', status: null });

describe('the list of budgets', () => {
  it('says of each how it stands, the most used first, exactly on hover', () => {
    show([sampleBudget(), future, breached]);
    expect(rows().map((row) => within(row).getByRole('link').textContent)).toEqual([
      'Spent up',
      'Payments',
      'Next year',
    ]);
    const [, payments, next] = rows();
    expect(payments).toHaveTextContent(
      /Workspace payments.*November 2026.*1,000\.00.*612\.50 USD.*61\.2 %.*60\.0 %.*1\.02/,
    );
    expect(within(payments as HTMLElement).getByRole('img')).toHaveAccessibleName(
      '61.2 % of 1,000.00 USD used, 60.0 % of the time passed; reached 50 %',
    );
    expect(within(payments as HTMLElement).getByTitle('612.5 USD')).toBeInTheDocument();
    expect(within(payments as HTMLElement).getByTitle('61.25 %')).toBeInTheDocument();
    expect(payments).toHaveTextContent('50 % 14 Nov 2026 09:05');
    expect(next).toHaveTextContent(/Not begun.*from 2027-01.*Nothing yet/);
    expect(screen.getByText('Spend through 21 Nov 2026 16:00, times in UTC')).toBeInTheDocument();
  });

  it('counts states and narrows to one of them, and back', async () => {
    const { user } = show([sampleBudget(), future, breached]);
    const total = screen.getByRole('button', { name: /Breached/ });
    expect(total).toHaveTextContent('Breached1');
    await user.click(total);
    expect(rows()).toHaveLength(1);
    expect(rows()[0]).toHaveTextContent('Spent up');
    await user.click(total);
    expect(rows()).toHaveLength(3);
  });

  it('sorts by what is clicked, and the other way round when it is clicked again', async () => {
    const { user } = show([sampleBudget(), future, breached]);
    const name = screen.getByRole('button', { name: 'Budget' });
    await user.click(name);
    expect(rows().map((row) => within(row).getByRole('link').textContent)).toEqual([
      'Next year',
      'Payments',
      'Spent up',
    ]);
    expect(screen.getByRole('columnheader', { name: 'Budget' })).toHaveAttribute('aria-sort', 'ascending');
    await user.click(name);
    expect(rows()[0]).toHaveTextContent('Spent up');
  });

  it('shows fifty of many at a time', async () => {
    const { user } = show(
      Array.from({ length: 120 }, (_, index) =>
        sampleBudget({ id: index + 1, name: `b-${String(index).padStart(3, '0')}` }),
      ),
    );
    expect(rows()).toHaveLength(50);
    expect(screen.getByText('Budgets 1–50 of 120')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: '3' }));
    expect(rows()).toHaveLength(20);
    expect(rows()[0]).toHaveTextContent('b-100');
  });

  it('says that none is like that, and that there is none at all, and offers one to those who may write', () => {
    const { unmount } = show([sampleBudget()], '/?search=nobody');
    expect(screen.getByText('No budget is like that')).toBeInTheDocument();
    unmount();
    const { unmount: leave } = show([]);
    expect(screen.getByText('There is no budget yet')).toBeInTheDocument();
    expect(screen.getAllByRole('button', { name: 'New budget' })).toHaveLength(1);
    leave();
    show([], '/', false);
    expect(screen.queryByRole('button', { name: 'New budget' })).not.toBeInTheDocument();
    expect(screen.getByText(/Editors can make one/)).toBeInTheDocument();
  });

  it('offers the alerts of Grafana to its administrators only', () => {
    config.bootData = { user: { orgRole: OrgRole.Viewer } } as typeof config.bootData;
    const { unmount } = show([sampleBudget()], '/?show=alerts');
    expect(screen.queryByRole('radio', { name: 'Alerts' })).not.toBeInTheDocument();
    expect(rows()).toHaveLength(1);
    unmount();
    config.bootData = { user: { orgRole: OrgRole.Admin } } as typeof config.bootData;
    show([sampleBudget()]);
    expect(screen.getByRole('radio', { name: 'Alerts' })).toBeInTheDocument();
  });
});
