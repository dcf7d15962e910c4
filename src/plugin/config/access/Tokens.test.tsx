import { EventBusSrv } from '@grafana/data';
import { setAppEvents, setBackendSrv, type BackendSrv, type BackendSrvRequest } from '@grafana/runtime';
import { screen, within } from '@testing-library/react';
import { NEVER, of, throwError } from 'rxjs';
import type { AccessToken } from '../../../api/tokens';
import { render } from '../../../testing/render';
import { Tokens } from './Tokens';

const EXPORT: AccessToken = {
  id: 1,
  name: 'monthly export',
  role: 'viewer',
  workspaces: ['payments', 'risk-*'],
  state: 'active',
  created_at: '2026-11-01T09:00:00.000Z',
  created_by: 'ann',
  expires_at: '2027-11-01T09:00:00.000Z',
  last_used_at: null,
  revoked_at: null,
  revoked_by: null,
};
const OLD: AccessToken = { ...EXPORT, id: 2, name: 'old', role: 'admin', workspaces: null, state: 'expired' };
const LOST: AccessToken = { ...EXPORT, id: 3, name: 'lost', state: 'revoked', expires_at: null };

/** The list; `answer` is what the collector says, `asked` what it was asked. */
function show(answer: (request: BackendSrvRequest) => unknown) {
  const asked: BackendSrvRequest[] = [];
  const fetch = (request: BackendSrvRequest) => {
    asked.push(request);
    const data = answer(request);
    return data === undefined ? NEVER : data instanceof Function ? throwError(data as () => unknown) : of({ data });
  };
  setBackendSrv({ fetch } as unknown as BackendSrv);
  return { ...render(<Tokens timeZone="Europe/Berlin" />), asked };
}
const rows = () =>
  within(screen.getByRole('table', { name: 'Tokens' }))
    .getAllByRole('row')
    .slice(1);
const refusal = (status: number, code: string) => () => ({
  status,
  config: { url: '' },
  data: { type: '', title: 'Refused', status, code, detail: 'Not today.' },
});

beforeAll(() => setAppEvents(new EventBusSrv()));

describe('the list of tokens', () => {
  it('says of each what it sees, whether it works and until when, in the billing time zone', () => {
    show(() => ({ data: [EXPORT, OLD, LOST] }));
    const [active, expired, revoked] = rows();
    expect(active).toHaveTextContent(/monthly exportviewerpayments, risk-\*active1 Nov 2027 10:00neverann/);
    expect(expired).toHaveTextContent(/oldadmineverything, also what is unallocatedexpired/);
    expect(revoked).toHaveTextContent(/lost.*revokednever/);
    expect(screen.getByText(/Times are in Europe\/Berlin/)).toBeInTheDocument();
    // What is revoked cannot be revoked again.
    expect(screen.getAllByRole('button', { name: /^Revoke the token/ })).toHaveLength(2);
  });

  it('leads to the first token when there is none', () => {
    show(() => ({ data: [] }));
    expect(screen.getByText('There are no tokens yet')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'New token' })).toBeEnabled();
  });

  it('says that it cannot be read, and reads it again when asked', async () => {
    let broken = true;
    const { user } = show(() => (broken ? refusal(503, 'UNAVAILABLE') : { data: [EXPORT] }));
    broken = false;
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(rows()).toHaveLength(1);
  });

  it('revokes a token only when that is confirmed, and keeps the question open when it is refused', async () => {
    let refused = true;
    const { user, asked } = show(({ method }) =>
      method !== 'DELETE' ? { data: [EXPORT] } : refused ? refusal(403, 'FORBIDDEN') : { ...EXPORT, state: 'revoked' },
    );
    const revocations = () => asked.filter(({ method }) => method === 'DELETE').map(({ url }) => url);
    await user.click(screen.getByRole('button', { name: 'Revoke the token monthly export' }));
    expect(revocations()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Revoke' }));
    expect(await within(screen.getByRole('dialog')).findByText('Not today.')).toBeInTheDocument();
    refused = false;
    await user.click(screen.getByRole('button', { name: 'Revoke' }));
    expect(revocations()).toEqual(Array(2).fill('/api/plugin-proxy/finops-chargeback-app/v1/tokens/1'));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});

describe('a new token', () => {
  const answer = ({ method, url }: BackendSrvRequest) =>
    method === 'POST'
      ? { ...EXPORT, token: 'cbk_secret' }
      : /v1\/tokens$/.test(url)
        ? { data: [EXPORT] }
        : { data: [{ value: 'payments' }] };
  const made = (asked: BackendSrvRequest[]) =>
    asked.filter(({ method }) => method === 'POST').map(({ data }) => data as { expires_at: string | null });

  it('is shown once: whoever comes back does not find it', async () => {
    const { user } = show(answer);
    await user.click(screen.getByRole('button', { name: 'New token' }));
    await user.type(screen.getByLabelText(/^Name/), 'monthly export');
    await user.click(screen.getByRole('button', { name: 'Make token' }));
    expect(await screen.findByLabelText('Bearer token')).toHaveValue('cbk_secret');
    expect(screen.getByText('Copy it now')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Done' }));
    expect(screen.queryByDisplayValue('cbk_secret')).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'New token' }));
    expect(screen.getByLabelText(/^Name/)).toHaveValue('');
    expect(screen.queryByDisplayValue('cbk_secret')).not.toBeInTheDocument();
  });

  it('sees everything and lasts a year unless it is told otherwise', async () => {
    const { user, asked } = show(answer);
    await user.click(screen.getByRole('button', { name: 'New token' }));
    expect(screen.getByText('It sees everything, also what is unallocated.')).toBeInTheDocument();
    await user.type(screen.getByLabelText(/^Name/), 'a');
    const before = Date.now();
    await user.click(screen.getByRole('button', { name: 'Make token' }));
    const [sent] = made(asked);
    expect(sent).toMatchObject({ name: 'a', role: 'viewer', workspaces: null });
    const days = (Date.parse(sent?.expires_at ?? '') - before) / 86_400_000;
    expect(Math.floor(days)).toBe(365);
  });

  it('does not expire when the days are left out, and is not made while they are no number', async () => {
    const { user, asked } = show(answer);
    await user.click(screen.getByRole('button', { name: 'New token' }));
    await user.click(screen.getByRole('button', { name: 'Make token' }));
    expect(screen.getByText('must not be empty')).toBeInTheDocument();
    await user.type(screen.getByLabelText(/^Name/), 'a');
    const days = screen.getByLabelText(/^Expires after days/);
    await user.clear(days);
    await user.type(days, '1.5');
    expect(screen.getByText('must be a whole number of days, or empty')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Make token' }));
    expect(made(asked)).toEqual([]);
    await user.clear(days);
    await user.click(screen.getByRole('button', { name: 'Make token' }));
    expect(made(asked)).toMatchObject([{ name: 'a', expires_at: null }]);
  });
});
