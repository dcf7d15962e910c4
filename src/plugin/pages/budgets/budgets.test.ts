import fc from 'fast-check';
import { sampleBudget, sampleStatus } from '../../testing/sample-budget';
import { inOrder, ORDERS } from './budget-order';
import { BUDGET_STATES, headlineOf, isInState, severityOfBurn, severityOfUse } from './budget-state';
import { formatPercent, formatRatio, matchesSearch, periodWords, scopeParts } from './budget-words';
import { readList, readView, writeList, writeView, type BudgetsView, type ListQuery } from './budgets-query';
import { dashboardLink, scopeLink } from './scope-link';

const statesOf = (used: string, burn: string | null) => {
  const budget = sampleBudget({ status: sampleStatus({ used_percent: used, burn_ratio: burn, thresholds: [] }) });
  return BUDGET_STATES.filter((state) => isInState(budget, state));
};

describe('the state of a budget', () => {
  it.each([
    ['lasts exactly to the end of its period', '60', '1', ['on track']],
    ['is used a little faster', '60', '1.0001', ['burning too fast']],
    ['has not begun to be used', '0', null, ['on track']],
    ['is all but spent', '99.999999', '1.5', ['burning too fast']],
    ['is spent to the cent', '100', '1', ['breached']],
    ['is overspent, though slower than its time', '101', '0.9', ['breached']],
  ])('one that %s', (_what, used, burn, states) => {
    expect(statesOf(used, burn)).toEqual(states);
  });

  it('stays crossed when spend falls below the threshold again', () => {
    const thresholds = [{ percent: '50', reached: false, crossed_at: '2026-11-14T09:05:00.000Z' }];
    expect(isInState(sampleBudget({ status: sampleStatus({ thresholds }) }), 'threshold crossed')).toBe(true);
  });

  it('is nothing but not begun before the first period', () => {
    const budget = sampleBudget({ status: null });
    expect(BUDGET_STATES.filter((state) => isInState(budget, state))).toEqual(['not begun']);
    expect(headlineOf(budget)).toBe('not begun');
  });

  it('has the severity of the highest threshold that is reached, in whichever order they come', () => {
    expect([[], ['50'], ['95', '50'], ['50', '100'], ['120']].map(severityOfUse)).toEqual([
      'good',
      'notice',
      'warning',
      'bad',
      'bad',
    ]);
    expect(['1', '1.0001', '1.2', '1.2001'].map(severityOfBurn)).toEqual(['good', 'warning', 'warning', 'bad']);
  });
});

describe('a budget in words', () => {
  it('never says that more is used than is, nor that a budget lasts when it does not', () => {
    expect(['0', '0.01', '99.96', '100', '104.79'].map(formatPercent)).toEqual([
      '0.0 %',
      '<0.1 %',
      '99.9 %',
      '100.0 %',
      '104.7 %',
    ]);
    expect(['1', '1.3535', '1.005', '0.5'].map(formatRatio)).toEqual(['1.00', '1.35', '1.01', '0.50']);
  });

  it('names its months and what it is for, the widest first', () => {
    expect(periodWords({ start: '2026-11', end: '2026-12' })).toBe('November 2026');
    expect(periodWords({ start: '2026-10', end: '2027-01' })).toBe('October to December 2026');
    expect(periodWords({ start: '2026-11', end: '2027-02' })).toBe('November 2026 to January 2027');
    expect(scopeParts({ environment: 'prod', workspace: '', team: 'risk' })).toEqual([
      'Team risk',
      'Workspace Unallocated',
      'Environment prod',
    ]);
    expect(scopeParts({})).toEqual(['The whole platform']);
  });

  it('is found by every word of its name, scope, owner, contact and notes', () => {
    const budget = sampleBudget({ notes: 'agreed in May' });
    expect(
      ['PAY check', 'checkout@', 'workspace payments', 'may', ''].map((text) => matchesSearch(budget, text)),
    ).toEqual(Array(5).fill(true));
    expect(matchesSearch(budget, 'pay nobody')).toBe(false);
  });
});

describe('the order of budgets', () => {
  it('leaves what is not known at the end, and amounts of different currencies apart', () => {
    const budgets = [
      sampleBudget({ id: 1, name: 'a', status: null }),
      sampleBudget({ id: 2, name: 'b', amount: '9', status: sampleStatus({ used_percent: '9' }) }),
      sampleBudget({ id: 3, name: 'c', amount: '10', status: sampleStatus({ used_percent: '10' }) }),
      sampleBudget({ id: 4, name: 'd', amount: '1', currency: 'EUR', status: sampleStatus({ used_percent: '100' }) }),
    ];
    const ids = (column: (typeof ORDERS)[number], descending: boolean) =>
      inOrder(budgets, { column, descending }).map(({ id }) => id);
    expect(ids('used', true)).toEqual([4, 3, 2, 1]);
    expect(ids('used', false)).toEqual([2, 3, 4, 1]);
    expect(ids('amount', true)).toEqual([4, 1, 3, 2]);
    expect(ids('name', true)).toEqual([4, 3, 2, 1]);
  });

  it('loses and doubles none', () => {
    const budget = fc.record({
      amount: fc.integer({ min: 1, max: 1000 }).map(String),
      name: fc.string(),
      status: fc.option(fc.integer({ min: 0, max: 200 }).map((used) => sampleStatus({ used_percent: String(used) }))),
    });
    fc.assert(
      fc.property(fc.array(budget), fc.constantFrom(...ORDERS), fc.boolean(), (changes, column, descending) => {
        const budgets = changes.map((change, id) => sampleBudget({ id, ...change }));
        const ordered = inOrder(budgets, { column, descending }).map(({ id }) => id);
        expect(ordered.sort((a, b) => a - b)).toEqual(budgets.map(({ id }) => id));
      }),
    );
  });
});

describe('the address of the page', () => {
  it('leads back to every view and list, and keeps each while the other changes', () => {
    const id = fc.integer({ min: 1, max: 2_147_483_647 });
    const view: fc.Arbitrary<BudgetsView> = fc.oneof(
      fc.constant<BudgetsView>({ show: 'list' }),
      id.map((one): BudgetsView => ({ show: 'budget', id: one })),
      id.map((one): BudgetsView => ({ show: 'edit', id: one })),
      fc.constant<BudgetsView>({ show: 'new' }),
      id.map((one): BudgetsView => ({ show: 'new', from: one })),
    );
    const list: fc.Arbitrary<ListQuery> = fc.record({
      form: fc.constantFrom('list', 'alerts', 'history'),
      search: fc.string(),
      state: fc.constantFrom('all', ...BUDGET_STATES),
      order: fc.record({ column: fc.constantFrom(...ORDERS), descending: fc.boolean() }),
      page: fc.integer({ min: 1, max: 500 }),
    });
    fc.assert(
      fc.property(view, list, (thisView, thisList) => {
        const text = writeView(writeList(new URLSearchParams(), thisList), thisView).toString();
        expect(readView(new URLSearchParams(text))).toEqual(thisView);
        expect(readList(new URLSearchParams(text))).toEqual(thisList);
      }),
    );
  });

  it.each(['budget=abc&page=-1&sort=nothing&state=worst&show=x', 'page=1e9&budget=99999999999'])(
    'ignores what it does not understand: %s',
    (text) => {
      const params = new URLSearchParams(text);
      expect(readView(params)).toEqual({ show: 'list' });
      expect(readList(params)).toMatchObject({
        form: 'list',
        state: 'all',
        order: { column: 'used', descending: true },
      });
    },
  );
});

describe('links of a budget', () => {
  it('lead to the costs of its scope in its period, in the billing time zone', () => {
    expect(scopeLink(sampleBudget({ scope: { team: 'a&b', environment: '' } }), 'Europe/Berlin')).toBe(
      '/a/finops-chargeback-app/chargeback?team=a%26b&environment=&currency=USD&period=2026-11',
    );
    const status = sampleStatus({ period: { start: '2026-10', end: '2027-01' } });
    const quarter = scopeLink(sampleBudget({ status }), 'Europe/Berlin');
    expect(Object.fromEntries(new URL(quarter, 'http://x').searchParams)).toMatchObject({
      from: '2026-09-30T22:00:00.000Z',
      to: '2026-12-31T23:00:00.000Z',
    });
  });

  it('lead to the dashboard with the data source that is chosen', () => {
    expect(dashboardLink({ name: 'A & B' }, 'facts')).toBe('/d/chargeback-budgets?var-budget=A+%26+B&var-facts=facts');
  });
});
