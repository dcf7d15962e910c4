import { setBackendSrv, type BackendSrv, type BackendSrvRequest } from '@grafana/runtime';
import { screen, waitFor, within } from '@testing-library/react';
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
  const asked: Array<Record<string, string>> = [];
  const fetch = (request: BackendSrvRequest) => {
    const path = request.url.split('/v1/')[1];
    if (path === 'history') {
      asked.push(
        Object.fromEntries(Object.entries(request.params ?? {}).map(([name, value]) => [name, String(value)])),
      );
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
// What is asked for is answered in its own time.
const SLOWLY = { timeout: 10_000 };
const page = (data: HistoryEntry[], next_cursor: string | null = null): History => ({ data, next_cursor });
const groups = () => within(screen.getByRole('table', { name: 'Changes, newest first' })).getAllByRole('rowgroup');

describe('the page History', () => {
  it('tells when, who, what, of which workspace and from where, in the billing time zone', async () => {
    show(() => page([CHANGED, OLD]));
    expect(await screen.findByRole('columnheader', { name: 'When (Europe/Berlin)' }, SLOWLY)).toBeVisible();
    const [, changed, old] = groups();
    expect(changed).toHaveTextContent(/Amount: 1,000\.00 EUR per month → 1,250\.50 EUR per month/);
    expect(changed).toHaveTextContent(
      /21 Nov 2026 20:00ann.*changed the budget Payments.*payments.*Grafana.*10\.0\.0\.7/,
    );
    expect(old).toHaveTextContent(/deleted the budget Gone/);
    // What was deleted is nowhere; what is there is a link.
    expect(await screen.findByRole('link', { name: 'Payments' }, SLOWLY)).toHaveAttribute(
      'href',
      '/a/finops-chargeback-app/budgets?budget=7',
    );
    expect(screen.queryByRole('link', { name: 'Gone' })).not.toBeInTheDocument();
  });

  it('shows what was before and after when it is asked for, and hides it again', async () => {
    const { user } = show(() => page([CHANGED]));
    const toggle = await screen.findByRole('button', { name: 'What changed in Payments' }, SLOWLY);
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
    expect(await screen.findByText('No change is like that', {}, SLOWLY)).toBeVisible();
    expect(asked[0]).toEqual({
      object: 'budget',
      object_id: '7',
      actor: 'ann',
      workspace: 'payments',
      from_ts: '2026-11-01T00:00:00.000Z',
      to_ts: '2026-11-02T00:00:00.000Z',
      limit: '50',
    });
    await user.click(screen.getByRole('button', { name: /Only number 7/ }));
    expect(screen.getByLabelText('address').textContent).not.toContain('id=');
    await waitFor(() => expect(asked.at(-1)).not.toHaveProperty('object_id'), SLOWLY);
    await user.click(screen.getAllByRole('button', { name: 'Clear filters' })[0] as HTMLElement);
    expect(screen.getByLabelText('address').textContent).toBe('');
    expect(await screen.findByText('Nothing was changed yet', {}, SLOWLY)).toBeVisible();
    expect(asked.at(-1)).toEqual({ limit: '50' });
  });

  it('looks at a range of time, which stays in the address as it was chosen', async () => {
    const { asked, user } = show(() => page([CHANGED]));
    await user.click(screen.getByRole('button', { name: /At any time/ }));
    await user.click(screen.getByText('Last 24 hours'));
    expect(screen.getByLabelText('address').textContent).toBe('?from=now-24h&to=now');
    await waitFor(() => expect(asked.at(-1)).toHaveProperty('from_ts'), SLOWLY);
    const { from_ts: from, to_ts: to } = asked.at(-1) as { from_ts: string; to_ts: string };
    // Grafana takes the present once for each end.
    const beyond = Date.parse(to) - Date.parse(from) - 24 * 3_600_000;
    expect([beyond >= 0, beyond < 1000]).toEqual([true, true]);
    expect(screen.getByRole('button', { name: /Last 24 hours/ })).toBeVisible();
  });

  it('takes a range in which nothing lies for none', async () => {
    const { asked } = show(() => page([]), { search: '?from=now&to=now-1h' });
    await waitFor(() => expect(asked[0]).toEqual({ limit: '50' }), SLOWLY);
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
    await user.click(await screen.findByRole('button', { name: 'Load more' }, SLOWLY));
    expect(await screen.findByText('The collector does not answer', {}, SLOWLY)).toBeVisible();
    fails = false;
    await user.click(screen.getByRole('button', { name: 'Load more' }));
    expect(asked.at(-1)).toEqual({ limit: '50', cursor: CHANGED.id });
    await waitFor(() => expect(groups()).toHaveLength(3), SLOWLY);
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
    expect(await screen.findByText('The history is not for your role', {}, SLOWLY)).toBeVisible();
  });

  it('tells members why it may be empty', async () => {
    show(() => page([]), { me: MEMBER });
    expect(await screen.findByText(/changes that concern your workspaces alone/, {}, SLOWLY)).toBeVisible();
  });

  it('offers members what they are told of', async () => {
    const { user } = show(() => page([]), { me: MEMBER });
    await user.click(screen.getByRole('combobox', { name: 'What' }));
    expect(
      screen.queryByRole('option', { name: /Tokens|Grants|Database logins|Closed months/ }),
    ).not.toBeInTheDocument();
  });
});
