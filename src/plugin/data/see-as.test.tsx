import { config, locationService, setBackendSrv, type BackendSrv, type BackendSrvRequest } from '@grafana/runtime';
import { act, screen, waitFor } from '@testing-library/react';
import { NEVER, of, throwError } from 'rxjs';
import type { Me } from '../../api/me';
import { readSeeAs, SEE_AS_HEADER } from '../../api/see-as-header';
import { BillingProvider } from '../billing/BillingProvider';
import { useBilling } from '../billing/use-billing';
import { AppPage } from '../components/AppPage';
import { PAGES } from '../plugin-id';
import { render } from '../../testing/render';
import { getAccess } from './access';
import { listBudgets } from './budgets';
import { isAdministrator } from './is-administrator';
import { beginSeeAs, seenPerson, stopSeeAs } from './see-as';

const ROOT: Me = { login: 'root', role: 'admin', workspaces: ['*'], timezone: 'UTC', currency: 'USD' };
const MEMBER: Me = { ...ROOT, login: 'jørgen 山', role: 'viewer', workspaces: ['payments'], seen_by: 'root' };
// What is asked for is answered in its own time.
const SLOWLY = { timeout: 10_000 };
const { user } = config.bootData;
const { login, orgRole } = user;

let asked: BackendSrvRequest[];
let answer: (request: BackendSrvRequest) => unknown;
beforeEach(() => {
  Object.assign(user, { login: 'root', orgRole: 'Admin' });
  asked = [];
  answer = ({ headers = {} }) => (SEE_AS_HEADER in headers ? MEMBER : ROOT);
  setBackendSrv({
    fetch: (one: BackendSrvRequest) => {
      asked.push(one);
      const data = answer(one);
      return data === undefined ? NEVER : data instanceof Function ? throwError(data as () => unknown) : of({ data });
    },
  } as unknown as BackendSrv);
  locationService.push(PAGES.budgets);
});
afterEach(() => {
  act(stopSeeAs);
  Object.assign(user, { login, orgRole });
});

const lastSeen = async () => {
  await waitFor(() => expect(asked).not.toEqual([]), SLOWLY);
  const header = (asked.at(-1)?.headers as Record<string, string> | undefined)?.[SEE_AS_HEADER];
  asked = [];
  return header === undefined ? undefined : readSeeAs(header);
};

describe('while the pages are seen as somebody else', () => {
  it('every request of a page says so, in characters that headers carry', async () => {
    beginSeeAs({ login: 'jørgen 山', team: ['7', 'Zahlungen'], role: 'editor' });
    listBudgets().subscribe();
    await waitFor(() => expect(asked).not.toEqual([]), SLOWLY);
    expect(Object.values(asked.at(-1)?.headers ?? {}).join('')).toMatch(/^[\x21-\x7e]+$/);
    expect(await lastSeen()).toEqual({ login: 'jørgen 山', team: ['7', 'Zahlungen'], role: 'editor' });
    stopSeeAs();
    listBudgets().subscribe();
    expect(await lastSeen()).toBeUndefined();
  });

  it('in the configuration one stays oneself', async () => {
    beginSeeAs({ login: 'ann' });
    expect(isAdministrator()).toBe(false);
    locationService.push(PAGES.access);
    getAccess().subscribe();
    expect(await lastSeen()).toBeUndefined();
    expect(isAdministrator()).toBe(true);
  });

  it('whoever signs in next in the same tab is not concerned', () => {
    beginSeeAs({ login: 'ann' });
    user.login = 'zoe';
    expect(seenPerson()).toBeUndefined();
    user.login = 'root';
    expect(seenPerson()).toEqual({ login: 'ann' });
  });

  it.each(['', 'nonsense', '{}', '[]', 'null', '7'])('what cannot be read is nobody: %s', (text) => {
    sessionStorage.setItem('finops-chargeback-app.see-as', text);
    expect(seenPerson()).toBeUndefined();
  });
});

function WhoSees() {
  const me = useBilling();
  return (
    <AppPage>
      <p>{`${me.login} sees ${me.workspaces.join()}`}</p>
    </AppPage>
  );
}
const page = () =>
  render(
    <BillingProvider>
      <WhoSees />
    </BillingProvider>,
  );

describe('a page', () => {
  it('says above it whom it is shown to, asks anew when that changes, and leads back', async () => {
    const { user: hand } = page();
    expect(await screen.findByText('root sees *', {}, SLOWLY)).toBeVisible();
    expect(screen.queryByText(/You see what/)).not.toBeInTheDocument();
    act(() => beginSeeAs({ login: 'jørgen 山' }));
    expect(await screen.findByText('jørgen 山 sees payments', {}, SLOWLY)).toBeVisible();
    expect(screen.getByText('You see what jørgen 山 sees')).toBeVisible();
    await hand.click(screen.getByRole('button', { name: 'Stop' }));
    expect(await screen.findByText('root sees *', {}, SLOWLY)).toBeVisible();
    expect(screen.queryByText(/You see what/)).not.toBeInTheDocument();
  });

  it('that is refused can be left, too', async () => {
    answer = ({ headers = {} }) =>
      SEE_AS_HEADER in headers
        ? () => ({ status: 403, config: { url: '' }, data: { title: 'Not allowed', code: 'FORBIDDEN', detail: 'No.' } })
        : ROOT;
    beginSeeAs({ login: 'ann' });
    const { user: hand } = page();
    await screen.findByText('No.', {}, SLOWLY);
    await hand.click(screen.getByRole('button', { name: 'Stop' }));
    expect(await screen.findByText('root sees *', {}, SLOWLY)).toBeVisible();
  });
});
