import { setBackendSrv, type BackendSrv, type BackendSrvRequest } from '@grafana/runtime';
import { screen, within } from '@testing-library/react';
import { useLocation } from 'react-router-dom';
import { NEVER, of, throwError } from 'rxjs';
import type { History, HistoryEntry } from '../../../api/history';
import type { Me } from '../../../api/me';
import { render } from '../../../testing/render';
import { BillingContext } from '../../billing/use-billing';
import HistoryPage from './HistoryPage';

const ADMIN: Me = { login: 'root', role: 'admin', workspaces: ['*'], timezone: 'Europe/Berlin', currency: 'EUR' };
const MEMBER: Me = { ...ADMIN, login: 'kim', role: 'viewer', workspaces: ['payments'] };
const budget = (amount: string) => ({
  name: 'Payments',
  scope: { workspace: 'payments' },
  amount,
  currency: 'EUR',
  interval: 'month',
  thresholds: ['100'],
  owner: 'checkout',
  contact: [],
  valid_from: '2026-01',
  notes: '',
});
const CHANGED: HistoryEntry = {
  id: 'b1a7c1de-0000-4000-8000-000000000001',
  at: '2026-11-21T19:00:00.000Z',
  actor: 'ann',
  via: 'grafana',
  address: '10.0.0.7',
  action: 'budget.change',
  object: 'budget',
  object_id: '7',
  subject: 'Payments',
  workspace: 'payments',
  before: budget('1000'),
  after: budget('1250.50'),
};
const OLD: HistoryEntry = {
  ...CHANGED,
  id: 'b1a7c1de-0000-4000-8000-000000000002',
  action: 'budget.delete',
  object_id: '3',
  subject: 'Gone',
  via: null,
  address: null,
  workspace: null,
  after: null,
};

function Address() {
  return <output aria-label="address">{useLocation().search}</output>;
}

/** The page; `history` is what the collector answers to a question about changes. */
function show(history: (request: BackendSrvRequest) => unknown, { me = ADMIN, search = '' } = {}) {
  const asked: BackendSrvRequest[] = [];
  const fetch = (request: BackendSrvRequest) => {
    const path = request.url.split('/v1/')[1];
    if (path === 'history') {
      asked.push(request);
    }
    const data =
      path === 'history'
        ? history(request)
        : path === 'budgets'
          ? { data: [{ id: 7, name: 'Payments' }] }
          : { data: [] };
    return data === undefined ? NEVER : data instanceof Function ? throwError(data as () => unknown) : of({ data });
  };
  setBackendSrv({ fetch } as unknown as BackendSrv);
  return {
    asked,
    ...render(
      <BillingContext.Provider value={me}>
        <HistoryPage />
        <Address />
      </BillingContext.Provider>,
      `/history${search}`,
    ),
  };
}
const page = (data: HistoryEntry[], next_cursor: string | null = null): History => ({ data, next_cursor });
const groups = () => within(screen.getByRole('table', { name: 'Changes, newest first' })).getAllByRole('rowgroup');

describe('the page History', () => {
  it('tells when, who, what, of which workspace and from where, in the billing time zone', () => {
    show(() => page([CHANGED, OLD]));
    expect(screen.getByRole('columnheader', { name: 'When (Europe/Berlin)' })).toBeVisible();
    const [, changed, old] = groups();
    expect(changed).toHaveTextContent(/Amount: 1,000\.00 EUR per month → 1,250\.50 EUR per month/);
    expect(changed).toHaveTextContent(
      /21 Nov 2026 20:00ann.*changed the budget Payments.*payments.*Grafana.*10\.0\.0\.7/,
    );
    expect(old).toHaveTextContent(/deleted the budget Gone/);
    // What was deleted is nowhere; what is there is a link.
    expect(screen.getByRole('link', { name: 'Payments' })).toHaveAttribute(
      'href',
      '/a/finops-chargeback-app/budgets?budget=7',
    );
    expect(screen.queryByRole('link', { name: 'Gone' })).not.toBeInTheDocument();
  });

  it('shows what was before and after when it is asked for, and hides it again', async () => {
    const { user } = show(() => page([CHANGED]));
    const toggle = screen.getByRole('button', { name: 'What changed in Payments' });
    expect(toggle).toHaveAttribute('aria-expanded', 'false');
    expect(screen.getByText('1,250.50 EUR per month')).not.toBeVisible();
    toggle.focus();
    await user.keyboard('{Enter}');
    expect(toggle).toHaveAttribute('aria-expanded', 'true');
    expect(screen.getByText('1,000.00 EUR per month')).toBeVisible();
    expect(screen.getByText('1,250.50 EUR per month')).toBeVisible();
    await user.keyboard('{Enter}');
    expect(screen.getByText('1,250.50 EUR per month')).not.toBeVisible();
  });

  it('asks for what the address says, and takes a filter away', async () => {
    const { asked, user } = show(() => page([]), {
      search:
        '?object=budget&id=7&actor=ann&workspace=payments&from=2026-11-01T00:00:00.000Z&to=2026-11-02T00:00:00.000Z',
    });
    expect(asked[0]?.params).toEqual({
      object: 'budget',
      object_id: '7',
      actor: 'ann',
      workspace: 'payments',
      from_ts: '2026-11-01T00:00:00.000Z',
      to_ts: '2026-11-02T00:00:00.000Z',
      limit: 50,
    });
    expect(screen.getByText('No change is like that')).toBeVisible();
    await user.click(screen.getByRole('button', { name: /Only number 7/ }));
    expect(screen.getByLabelText('address').textContent).not.toContain('id=');
    expect(asked.at(-1)?.params).not.toHaveProperty('object_id');
    await user.click(screen.getAllByRole('button', { name: 'Clear filters' })[0] as HTMLElement);
    expect(screen.getByLabelText('address').textContent).toBe('');
    expect(asked.at(-1)?.params).toEqual({ limit: 50 });
    expect(screen.getByText('Nothing was changed yet')).toBeVisible();
  });

  it('goes on where the page before ended, and says when that fails', async () => {
    let fails = true;
    const { asked, user } = show(({ params }) =>
      params?.cursor === undefined
        ? page([CHANGED], CHANGED.id)
        : fails
          ? () => ({ status: 502, config: { url: '' }, data: '' })
          : page([OLD]),
    );
    await user.click(screen.getByRole('button', { name: 'Load more' }));
    expect(await screen.findByText('The collector does not answer', {}, { timeout: 10_000 })).toBeVisible();
    fails = false;
    await user.click(screen.getByRole('button', { name: 'Load more' }));
    expect(asked.at(-1)?.params).toEqual({ limit: 50, cursor: CHANGED.id });
    expect(groups()).toHaveLength(3);
    expect(screen.queryByRole('button', { name: 'Load more' })).not.toBeInTheDocument();
  });

  it('says that it is loading', () => {
    show(() => undefined);
    expect(screen.getByRole('status', { name: 'Loading the history…' })).toHaveAttribute('aria-busy', 'true');
  });

  it('says what is not for one', async () => {
    show(() => () => ({
      status: 403,
      config: { url: '' },
      data: { title: 'Not allowed', code: 'FORBIDDEN', detail: 'kim has not been granted this workspace.' },
    }));
    expect(await screen.findByText('The history is not for your role', {}, { timeout: 10_000 })).toBeVisible();
  });

  it('tells members why it may be empty', () => {
    show(() => page([]), { me: MEMBER });
    expect(screen.getByText(/changes that concern your workspaces alone/)).toBeVisible();
  });

  it('offers members what they are told of', async () => {
    const { user } = show(() => page([]), { me: MEMBER });
    await user.click(screen.getByRole('combobox', { name: 'What' }));
    expect(
      screen.queryByRole('option', { name: /Tokens|Grants|Database logins|Closed months/ }),
    ).not.toBeInTheDocument();
  });
});
