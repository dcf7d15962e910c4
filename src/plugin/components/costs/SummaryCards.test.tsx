import { screen, within } from '@testing-library/react';
import type { ChargebackSummary } from '../../../api/chargeback';
import { render } from '../../../testing/render';
import { SummaryCards } from './SummaryCards';

const totals = {
  ingress_bytes: '1610612736',
  egress_bytes: '0',
  messages: '1500000',
  ingress_cost: '100',
  egress_cost: '0',
  message_cost: '-2',
  other_cost: '0.000001',
  total_cost: '98.000001',
};
const summary: ChargebackSummary = {
  period: { start: '2026-03-01T00:00:00Z', end: '2026-04-01T00:00:00Z', status: 'open', timezone: 'UTC' },
  currency: 'USD',
  other_currencies: [],
  watermark: '2026-03-11T00:00:00Z',
  totals,
  confidence: 1,
  lines: 1,
  workspaces: 1,
  previous: null,
  environments: [],
  unallocated: { cost: '0', resources: 0 },
  unrated: [],
  rates: [],
};
const before = { start: '2026-02-01T00:00:00Z', end: '2026-02-11T00:00:00Z', complete: true };
const card = (name: string) => within(screen.getByTestId(`summary-${name}`));

describe('the summary', () => {
  it('compares with the same elapsed time of the month before, to the digit on demand', async () => {
    const previous = { ...before, totals: { ...totals, ingress_cost: '80.5', total_cost: '78.500001' } };
    const { user } = render(<SummaryCards summary={{ ...summary, previous }} />);
    expect(card('ingress').getByText('1.50 GiB')).toBeVisible();
    expect(card('messages').getByText('-2.00 USD')).toBeVisible();
    expect(card('other').getByTitle('0.000001 USD')).toHaveTextContent('<0.01 USD');
    const change = card('ingress').getByRole('button', { name: 'Change of Ingress: +24.2 %' });
    expect(change).toHaveTextContent('(+19.50)');
    expect(card('egress').getByRole('button')).toHaveTextContent(/^\s*no change$/);
    expect(screen.getByText(/^Compared with 1 Feb 2026 to 10 Feb 2026, the same elapsed time/)).toBeVisible();
    await user.hover(change);
    expect(await screen.findByText('Before: 80.5 USD')).toBeVisible();
  });

  it('says when there is nothing, or only a part, to compare with', () => {
    const { unmount } = render(<SummaryCards summary={summary} />);
    expect(screen.getAllByText('no data to compare')).toHaveLength(5);
    expect(screen.getByText('No data for the month before to compare with.')).toBeVisible();
    unmount();
    render(<SummaryCards summary={{ ...summary, previous: { ...before, complete: false, totals } }} />);
    expect(screen.getByText(/of which only a part was collected\.$/)).toBeVisible();
  });

  it('compares a range with the time just before it', () => {
    const period = { ...summary.period, start: '2026-03-04T05:00:00Z', end: '2026-03-05T00:00:00Z' };
    render(<SummaryCards summary={{ ...summary, period, previous: { ...before, totals } }} />);
    expect(screen.getByText(/the time of the same length just before\.$/)).toBeVisible();
  });
});
