import { EventBusSrv } from '@grafana/data';
import { setAppEvents, setBackendSrv, type BackendSrv, type BackendSrvRequest } from '@grafana/runtime';
import { screen, waitFor, within } from '@testing-library/react';
import { NEVER, of, throwError } from 'rxjs';
import type { Budget, BudgetBackTest } from '../../../../api/budgets';
import { render } from '../../../../testing/render';
import { sampleBudget } from '../../../testing/sample-budget';
import { BudgetEditor } from './BudgetEditor';

const BACK_TEST: BudgetBackTest = {
  currency: 'EUR',
  periods: [
    {
      start: '2026-08',
      end: '2026-09',
      spent: '0',
      used_percent: '0',
      crossed: [],
      complete: true,
      partly_known: true,
    },
    {
      start: '2026-09',
      end: '2026-10',
      spent: '130',
      used_percent: '130',
      crossed: [
        { percent: '50', on: '2026-09-12' },
        { percent: '90', on: '2026-09-20' },
        { percent: '100', on: '2026-09-23' },
      ],
      complete: true,
      partly_known: false,
    },
    {
      start: '2026-10',
      end: '2026-11',
      spent: '40',
      used_percent: '40',
      crossed: [],
      complete: true,
      partly_known: false,
    },
    {
      start: '2026-11',
      end: '2026-12',
      spent: '20',
      used_percent: '20',
      crossed: [],
      complete: false,
      partly_known: false,
    },
  ],
};

/** An editor; `answer` is what the collector says to what is sent, `asked` what was. */
function openEditor(
  answer: (request: BackendSrvRequest) => unknown = () => undefined,
  { budget, asCopy = false }: { budget?: Budget; asCopy?: boolean } = {},
) {
  const asked: BackendSrvRequest[] = [];
  const fetch = (request: BackendSrvRequest) => {
    asked.push(request);
    const data = answer(request);
    return data === undefined ? NEVER : data instanceof Function ? throwError(data as () => unknown) : of({ data });
  };
  setBackendSrv({ fetch } as unknown as BackendSrv);
  const me = { login: 'e', role: 'editor' as const, workspaces: ['*'], timezone: 'Europe/Berlin', currency: 'EUR' };
  const saved: number[] = [];
  const editor = (
    <BudgetEditor me={me} budget={budget} asCopy={asCopy} onSaved={(id) => saved.push(id)} onCancel={() => undefined} />
  );
  const sent = (method: string, path: RegExp) =>
    asked.filter((request) => request.method === method && path.test(request.url)).map(({ data }) => data as unknown);
  const builtOn = () =>
    asked.filter(({ method }) => method === 'PUT').map(({ headers }) => headers?.['If-Match'] as string);
  return { ...render(editor), sent, saved, builtOn };
}
beforeAll(() => setAppEvents(new EventBusSrv()));

const BUDGETS = /v1\/budgets$/;
const PREVIEW = /v1\/budgets\/preview$/;

describe('the editor of a budget', () => {
  it('tells all problems at once when asked to save, leads to their fields, and sends nothing', async () => {
    const { user, sent } = openEditor();
    expect(screen.queryByText('must not be empty')).not.toBeInTheDocument();
    await user.clear(screen.getByLabelText(/^Thresholds/));
    await user.type(screen.getByLabelText(/^Thresholds/), '90, 50 %, x');
    await user.type(screen.getByLabelText(/^Contact/), 'nobody');
    await user.click(screen.getByRole('button', { name: 'Narrow it down' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(screen.getByText('6 things are not right yet')).toBeInTheDocument();
    const told = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(told).toEqual([
      'Namemust not be empty',
      'For workspacechoose a value, or leave the field out',
      expect.stringMatching(/^Amountmust be a decimal number, for example/),
      expect.stringMatching(/^Thresholds“x” must be a decimal number.*“50” must be greater than 90, the one before/),
      'Ownermust not be empty',
      'Contact“nobody” must be an e-mail address, for example team@example.com',
    ]);
    await user.click(screen.getByRole('button', { name: 'Amount' }));
    expect(screen.getByLabelText(/^Amount/)).toHaveFocus();
    expect(sent('POST', BUDGETS)).toEqual([]);
  });

  it('saves what is typed in the shape of the API, in the billing currency unless another is chosen', async () => {
    const { user, sent, saved } = openEditor(({ url, method }) =>
      method === 'POST' && BUDGETS.test(url) ? { id: 7, name: 'Streaming' } : undefined,
    );
    await user.type(screen.getByLabelText(/^Name/), ' Streaming ');
    await user.type(screen.getByLabelText(/^Owner/), 'platform');
    await user.type(screen.getByLabelText(/^Amount/), '1250.50');
    await user.click(screen.getByRole('radio', { name: 'Quarter' }));
    await user.type(screen.getByLabelText(/^Contact/), 'a@example.com{enter}b@example.com');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(sent('POST', BUDGETS)).toEqual([
      {
        name: 'Streaming',
        scope: {},
        amount: '1250.50',
        currency: 'EUR',
        interval: 'quarter',
        thresholds: ['50', '90', '100'],
        owner: 'platform',
        contact: ['a@example.com', 'b@example.com'],
        valid_from: expect.stringMatching(/^\d{4}-\d{2}$/) as unknown,
        notes: '',
      },
    ]);
    expect(saved).toEqual([7]);
  });

  it('shows how the last months would have done as soon as there is an amount, not again for a name', async () => {
    const { user, sent } = openEditor(({ url }) => (PREVIEW.test(url) ? BACK_TEST : undefined));
    expect(screen.getByText(/It shows as soon as amount/)).toBeInTheDocument();
    await user.type(screen.getByLabelText(/^Amount/), '100');
    const table = await screen.findByRole('table', { name: 'Spend by period against the amount' });
    expect(
      screen.getByText(
        '100.00 EUR would have been used up in 1 of 2 whole periods; the most that was spent in one is 130.00 EUR.',
      ),
    ).toBeInTheDocument();
    const told = within(table)
      .getAllByRole('row')
      .slice(1)
      .map(({ textContent }) => textContent);
    expect(told).toEqual([
      'November 202620.00 EUR20.0 %nonestill running',
      'October 202640.00 EUR40.0 %none',
      'September 2026130.00 EUR130.0 %50 % on 12 Sept, 90 % on 20 Sept, 100 % on 23 Sept',
      'August 2026––nothing collected',
    ]);
    expect(
      within(table)
        .getAllByRole('img')
        .map((bar) => bar.getAttribute('aria-label')),
    ).toContain('130.0 % of 100.00 EUR');
    const before = sent('POST', PREVIEW).length;
    await user.type(screen.getByLabelText(/^Name/), 'a name');
    await user.type(screen.getByLabelText(/^Amount/), '0');
    await waitFor(() => expect(sent('POST', PREVIEW)).toHaveLength(before + 1));
    expect(sent('POST', PREVIEW).at(-1)).toMatchObject({ amount: '1000', name: 'back-test' });
  });

  it('sends the version that was read, and shows what differs when somebody was faster', async () => {
    const budget = sampleBudget({ version: 3 });
    const refusal = {
      status: 412,
      config: { url: '' },
      data: { type: '', title: 'It was changed meanwhile', status: 412, code: 'PRECONDITION_FAILED', detail: '' },
    };
    const theirs = sampleBudget({
      version: 4,
      amount: '2000',
      updated_by: 'finance',
      updated_at: '2026-11-20T10:00:00.000Z',
    });
    const { user, sent, builtOn } = openEditor(
      ({ method, url }) => (method === 'PUT' ? () => refusal : /budgets\/1$/.test(url) ? theirs : undefined),
      { budget },
    );
    await user.type(screen.getByLabelText(/^Notes/), 'mine');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(sent('PUT', /v1\/budgets\/1$/)).toMatchObject([{ notes: 'mine', amount: '1000' }]);
    expect(builtOn()).toEqual(['"3"']);
    expect(await screen.findByText(/^finance changed it on 20 Nov 2026 11:00 \(Europe\/Berlin\)/)).toBeInTheDocument();
    const differing = within(screen.getByRole('table', { name: 'What differs in Payments' })).getAllByRole('row');
    expect(differing.slice(1).map(({ textContent }) => textContent)).toEqual([
      'Amount1,000.00 USD per month2,000.00 USD per month1,000.00 USD per month',
      'Notesnothingnothingmine',
    ]);
    await user.click(screen.getByRole('button', { name: 'Load the budget as it is now' }));
    expect(screen.getByLabelText(/^Amount/)).toHaveValue('2000');
    expect(screen.getByText(/What you typed before is not in the budget/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(sent('PUT', /v1\/budgets\/1$/).at(-1)).toMatchObject({ amount: '2000' });
    expect(builtOn()).toEqual(['"3"', '"4"']);
  });

  it('copies everything but the name, and makes a new one of it', async () => {
    const { user, sent } = openEditor(undefined, { budget: sampleBudget(), asCopy: true });
    expect(screen.getByLabelText(/^Name/)).toHaveValue('');
    expect(screen.getByLabelText(/^Amount/)).toHaveValue('1000');
    await user.type(screen.getByLabelText(/^Name/), 'Copy');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(sent('POST', BUDGETS)).toMatchObject([{ name: 'Copy', scope: { workspace: 'payments' } }]);
    expect(sent('PUT', /./)).toEqual([]);
  });

  it('puts what the collector refuses beside its field', async () => {
    const errors = [{ path: 'scope.workspace', message: 'is not one of yours' }];
    const data = { type: '', title: 'Not allowed', status: 403, code: 'FORBIDDEN', detail: 'not yours', errors };
    const { user } = openEditor(
      ({ method }) => (method === 'PUT' ? () => ({ status: 403, config: {}, data }) : undefined),
      {
        budget: sampleBudget(),
      },
    );
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(screen.getByText('For workspace: is not one of yours')).toBeInTheDocument();
    expect(screen.getByText('is not one of yours')).toBeInTheDocument();
  });
});
