import { setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { screen } from '@testing-library/react';
import { of } from 'rxjs';
import type { Grant } from '../../../api/access';
import { render } from '../../../testing/render';
import { ApiError } from '../../data/api-error';
import type { SendState } from '../../data/send-state';
import { GrantDrawer } from './GrantDrawer';

function openDrawer(grant?: Grant, saving: SendState = { state: 'idle' }) {
  setBackendSrv({ fetch: () => of({ data: { data: [{ value: 'payments' }] } }) } as unknown as BackendSrv);
  const saved: Grant[] = [];
  const drawer = (
    <GrantDrawer grant={grant} saving={saving} onSave={(one) => saved.push(one)} onClose={() => undefined} />
  );
  return { ...render(drawer), saved };
}
const save = () => screen.getByRole('button', { name: 'Save' });

describe('the drawer of a grant', () => {
  it('tells all that is wrong when asked to save, not before, and sends nothing', async () => {
    const { user, saved } = openDrawer();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    await user.click(save());
    expect(screen.getByText('must not be empty')).toBeInTheDocument();
    expect(screen.getByText('must name at least one workspace')).toBeInTheDocument();
    expect(saved).toEqual([]);
  });

  it('knows a domain from an address, and says so beside the field', async () => {
    const { user, saved } = openDrawer({ login: 'ann', workspaces: ['payments'] });
    await user.click(screen.getByRole('radio', { name: 'E-mail domain' }));
    await user.clear(screen.getByLabelText(/^Domain/));
    await user.type(screen.getByLabelText(/^Domain/), 'ann@example.com');
    await user.click(save());
    expect(screen.getByText(/^must be the part of an address behind the @/)).toBeInTheDocument();
    expect(saved).toEqual([]);
    await user.clear(screen.getByLabelText(/^Domain/));
    await user.type(screen.getByLabelText(/^Domain/), ' Example.com ');
    await user.click(save());
    expect(saved).toEqual([{ email_domain: 'example.com', workspaces: ['payments'] }]);
  });

  it('starts with the grant that is changed, and keeps what is not', async () => {
    const { user, saved } = openDrawer({ team: 7, workspaces: ['risk-*'] });
    expect(screen.getByRole('radio', { name: 'Team' })).toBeChecked();
    const team = screen.getByLabelText(/^Team in Grafana/);
    expect(team).toHaveValue('7');
    await user.clear(team);
    await user.type(team, 'Risk people');
    await user.click(save());
    expect(saved).toEqual([{ team: 'Risk people', workspaces: ['risk-*'] }]);
  });

  it('shows what the collector refused without losing what was typed, and is not sent twice', () => {
    const error = new ApiError(412, 'PRECONDITION_FAILED', 'Changed meanwhile', 'Load them again.');
    const { unmount } = openDrawer({ login: 'ann', workspaces: ['payments'] }, { state: 'failed', error });
    expect(screen.getByText('Changed meanwhile')).toBeInTheDocument();
    expect(screen.getByLabelText(/^Login in Grafana/)).toHaveValue('ann');
    unmount();
    openDrawer({ login: 'ann', workspaces: ['payments'] }, { state: 'sending' });
    expect(screen.getByRole('button', { name: 'Saving…' })).toBeDisabled();
  });
});
