import { config } from '@grafana/runtime';
import { screen } from '@testing-library/react';
import { render } from '../../testing/render';
import { BillingContext } from '../billing/use-billing';
import { NothingGrantedNotice, OfWorkspaces } from './NothingGranted';

const signedIn = config.bootData.user.isSignedIn;
beforeEach(() => {
  config.bootData.user.isSignedIn = true;
});
afterEach(() => {
  config.bootData.user.isSignedIn = signedIn;
});

function show(workspaces: string[]) {
  return render(
    <BillingContext.Provider
      value={{ login: 'kim', role: 'viewer', workspaces, timezone: 'Europe/Berlin', currency: 'EUR' }}
    >
      <NothingGrantedNotice />
      <OfWorkspaces>
        <p>the costs</p>
      </OfWorkspaces>
    </BillingContext.Provider>,
  );
}

it('says to one who was granted nothing that it is so, whom to ask, and for which login', () => {
  show([]);
  expect(screen.getAllByText('You have not been given any workspace yet')).toHaveLength(2);
  expect(screen.getAllByText(/Ask an administrator of .*organization.*your login is kim/)).toHaveLength(2);
  expect(screen.getByRole('button', { name: 'Look again' })).toBeVisible();
  expect(screen.queryByText('the costs')).not.toBeInTheDocument();
});

it('tells a visitor who is not signed in to sign in', () => {
  config.bootData.user.isSignedIn = false;
  show([]);
  expect(screen.getAllByText(/You are not signed in/)).toHaveLength(2);
  expect(screen.queryByText(/your login/)).not.toBeInTheDocument();
});

it.each([[['payments']], [['*']]])('is not there for those who see %j', (workspaces) => {
  show(workspaces);
  expect(screen.getByText('the costs')).toBeVisible();
  expect(screen.queryByText(/have not been given/)).not.toBeInTheDocument();
});
