import { screen, within } from '@testing-library/react';
import type { ChargebackPageLine } from '../../../api/chargeback';
import { render } from '../../../testing/render';
import { LinesTable } from './LinesTable';

const zero = {
  ingress_bytes: '0',
  egress_bytes: '0',
  messages: '0',
  ingress_cost: '0',
  egress_cost: '0',
  message_cost: '0',
  other_cost: '0',
  total_cost: '0',
};
const line = (change: Partial<ChargebackPageLine>): ChargebackPageLine => ({
  workspace: 'payments',
  application: 'checkout',
  environment: 'prod',
  ...zero,
  confidence: 1,
  ...change,
});

function show(rows: ChargebackPageLine[] | number) {
  const asked: unknown[] = [];
  const shown = render(
    <LinesTable
      kind="application"
      ofWorkspace={false}
      currency="USD"
      rows={rows}
      sums={[{ key: 'all', title: 'Total', amounts: { ...zero, total_cost: '12000000' } }]}
      nothing="There are no applications."
      sort={{ column: 'total_cost', descending: true }}
      onSort={(sort) => asked.push(sort)}
      onWhy={(its) => asked.push(its)}
      workspaceLink={(workspace) => `/workspaces/${workspace}`}
    />,
  );
  return { ...shown, asked };
}

describe('the table of lines', () => {
  it('shows amounts rounded and tells them exactly, be they tiny, huge, negative or nothing', () => {
    const long = 'x'.repeat(120);
    show([
      line({ total_cost: '0.000001', application: long }),
      line({ total_cost: '-2.5', application: 'corrected', confidence: 0.65 }),
      line({ total_cost: '12000000.004', application: 'large', confidence: 0.8 }),
      line({ application: 'free' }),
    ]);
    expect(screen.getByTitle('0.000001 USD')).toHaveTextContent('<0.01');
    expect(screen.getByTitle('-2.5 USD')).toHaveTextContent('-2.50');
    expect(screen.getByTitle('12000000.004 USD')).toHaveTextContent('12,000,000.00');
    expect(screen.getByTitle('12000000 USD')).toHaveTextContent('12,000,000.00');
    expect(screen.getByTitle(long)).toHaveTextContent(long);
    expect(screen.getByTitle('Confidence 0.65')).toHaveTextContent('low');
    expect(screen.getByTitle('Confidence 0.8')).toHaveTextContent('medium');
  });

  it('leads to the workspaces, and nowhere from what belongs to none', () => {
    show([line({}), line({ workspace: '', application: '', environment: '' })]);
    expect(screen.getAllByRole('link')).toHaveLength(1);
    expect(screen.getByRole('link', { name: 'payments' })).toHaveAttribute('href', '/workspaces/payments');
    expect(screen.getByText('Unallocated')).toBeVisible();
  });

  it('sorts names from A on, figures from the greatest, and the other way round the second time', async () => {
    const { user, asked } = show([line({})]);
    for (const heading of ['Application', 'Messages', 'Total (USD)']) {
      await user.click(screen.getByRole('button', { name: heading }));
    }
    expect(asked).toEqual([
      { column: 'application', descending: false },
      { column: 'messages', descending: true },
      { column: 'total_cost', descending: false },
    ]);
    expect(screen.getByRole('columnheader', { name: 'Total (USD)' })).toHaveAttribute('aria-sort', 'descending');
  });

  it('explains each line, which is called by its names', async () => {
    const { user, asked } = show([line({})]);
    await user.click(screen.getByRole('button', { name: 'Why this amount: payments, checkout, prod' }));
    expect(asked).toEqual([line({})]);
  });

  it('keeps its place while it is loading, silently', () => {
    show(7);
    expect(screen.getByRole('region', { name: 'Chargeback by application' })).toHaveAttribute('aria-busy', 'true');
    expect(within(screen.getByRole('table')).getAllByRole('row', { hidden: true })).toHaveLength(7 + 2);
    expect(within(screen.getByRole('table')).getAllByRole('row')).toHaveLength(2);
    expect(screen.queryByText('There are no applications.')).not.toBeInTheDocument();
  });

  it('says so when there is nothing', () => {
    show([]);
    expect(screen.getByText('There are no applications.')).toBeVisible();
  });
});
