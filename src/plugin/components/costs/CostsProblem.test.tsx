import { screen } from '@testing-library/react';
import { BillingContext } from '../../billing/use-billing';
import { ApiError } from '../../data/api-error';
import { render } from '../../../testing/render';
import { CostsProblem } from './CostsProblem';
import { useCostsQuery } from './use-costs-query';

function Shown({ error, workspace }: { error: ApiError; workspace?: string }) {
  return <CostsProblem error={error} query={useCostsQuery(workspace)} onRetry={() => undefined} />;
}

function show(error: ApiError, address: string, workspaces: string[], workspace?: string) {
  return render(
    <BillingContext.Provider
      value={{ login: 'kim', role: 'viewer', workspaces, timezone: 'Europe/Berlin', currency: 'EUR' }}
    >
      <Shown error={error} workspace={workspace} />
    </BillingContext.Provider>,
    address,
  );
}

const forbidden = new ApiError(403, 'FORBIDDEN', 'Forbidden', 'You see only: payments');

describe('a page of costs without figures', () => {
  it('tells a member nothing but that the workspace is not theirs', () => {
    show(forbidden, '/', ['payments'], 'treasury');
    expect(screen.getByRole('alert')).toHaveTextContent('You do not see the costs of treasury');
    expect(screen.getByRole('link', { name: 'Go to your costs' })).toBeVisible();
    expect(screen.queryByText(/payments/)).not.toBeInTheDocument();
  });

  it('leads a member of several workspaces back to them', async () => {
    const { user } = show(forbidden, '/?workspace=treasury&period=2026-03', ['payments', 'search']);
    expect(screen.getByRole('alert')).toHaveTextContent('You do not see the costs of treasury');
    await user.click(screen.getByRole('button', { name: 'Show what you see' }));
    expect(screen.queryByText('You do not see the costs of treasury')).not.toBeInTheDocument();
  });

  it('names the month that has no price, and leads to the prices', () => {
    show(new ApiError(409, 'NO_RATE_FOR_PERIOD', 'No rate', 'POST /v1/rate-cards'), '/?period=2026-03', ['*']);
    expect(screen.getByRole('alert')).toHaveTextContent('There is no price for March 2026');
    expect(screen.getByRole('link', { name: 'See the rate cards' })).toHaveAttribute(
      'href',
      expect.stringMatching(/rates$/),
    );
  });

  it('says what is wrong with a question', () => {
    const invalid = new ApiError(400, 'INVALID_REQUEST', 'Invalid request', 'The question cannot be answered', [
      { path: 'currency', message: 'must be an ISO 4217 currency code' },
    ]);
    show(invalid, '/?currency=XYZ', ['*']);
    expect(screen.getByText('currency: must be an ISO 4217 currency code')).toBeVisible();
  });
});
