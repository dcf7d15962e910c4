import { config, locationService, setBackendSrv, type BackendSrv, type BackendSrvRequest } from '@grafana/runtime';
import { screen } from '@testing-library/react';
import { of } from 'rxjs';
import { render } from '../../../testing/render';
import { seenPerson, stopSeeAs } from '../../data/see-as';
import { PAGES } from '../../plugin-id';
import { SeeAs } from './SeeAs';

const { user: visitor } = config.bootData;
const { login } = visitor;
beforeEach(() => {
  visitor.login = 'root';
  locationService.push(PAGES.access);
});
afterEach(() => {
  stopSeeAs();
  visitor.login = login;
});

it('tells what somebody sees, and leads to the pages as they see them', async () => {
  const asked: BackendSrvRequest[] = [];
  setBackendSrv({
    fetch: (request: BackendSrvRequest) => {
      asked.push(request);
      return of({
        data: {
          grants: [{ place: 2, grant: { team: 7, workspaces: ['payments'] } }],
          by_default: false,
          granted: ['payments'],
          workspaces: ['payments'],
        },
      });
    },
  } as unknown as BackendSrv);
  const { user } = render(<SeeAs version={1} />);
  expect(screen.getByRole('button', { name: 'Look' })).toBeDisabled();
  await user.type(screen.getByLabelText('Login'), 'ann');
  await user.type(screen.getByLabelText('Teams'), '7, Payments people ');
  await user.click(screen.getByRole('button', { name: 'Look' }));
  expect(asked[0]?.params).toMatchObject({ login: 'ann', team: ['7', 'Payments people'] });
  expect(screen.getByText('Sees payments.')).toBeVisible();
  expect(screen.getByText('By grant 2 (7).')).toBeVisible();

  await user.click(screen.getByRole('radio', { name: 'Editor' }));
  await user.click(screen.getByRole('button', { name: 'See the pages as ann' }));
  expect(locationService.getLocation()).toMatchObject({ pathname: PAGES.chargeback });
  expect(seenPerson()).toEqual({ login: 'ann', team: ['7', 'Payments people'], role: 'editor' });
});

it('is not offered for somebody else than was looked up', async () => {
  setBackendSrv({
    fetch: () => of({ data: { grants: [], by_default: true, granted: [], workspaces: [] } }),
  } as unknown as BackendSrv);
  const { user } = render(<SeeAs version={1} />);
  await user.type(screen.getByLabelText('Login'), 'ann');
  await user.click(screen.getByRole('button', { name: 'Look' }));
  expect(screen.getByText('Sees nothing.')).toBeVisible();
  await user.type(screen.getByLabelText('Login'), 'a');
  expect(screen.queryByRole('button', { name: /^See the pages as/ })).not.toBeInTheDocument();
});
