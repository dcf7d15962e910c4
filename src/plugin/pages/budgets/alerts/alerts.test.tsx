import { EventBusSrv, PluginContextProvider, type AppPluginMeta } from '@grafana/data';
import { config, setAppEvents, setBackendSrv, type BackendSrv, type BackendSrvRequest } from '@grafana/runtime';
import { screen, within } from '@testing-library/react';
import { of, throwError } from 'rxjs';
import type { RulesAnswer } from '../../../data/grafana-alerts/alert-rules';
import type { ConnectionSettings } from '../../../config/config-page-props';
import { budgetRule } from '../../../data/grafana-alerts/budget-rule';
import { render } from '../../../../testing/render';
import { sampleBudget } from '../../../testing/sample-budget';
import { AlertsOverview } from './AlertsOverview';
import { BudgetAlerts } from './BudgetAlerts';

const RUNBOOK = '{{ externalURL }}public/plugins/finops-chargeback-app/runbooks/budget-threshold.md';
const NEVER = '0001-01-01T00:00:00Z';

/** As Grafana 12.4.0 answers, shortened: a rule that fires, one that failed, one not looked at yet, one of somebody else. */
const RULES: RulesAnswer = {
  data: {
    groups: [
      {
        rules: [
          {
            uid: 'chargeback-budget-threshold-critical',
            name: 'Budget has reached a threshold (critical)',
            health: 'ok',
            lastEvaluation: '2026-11-21T16:51:00Z',
            isPaused: false,
            labels: { severity: 'critical' },
            annotations: { runbook_url: RUNBOOK },
            totals: { alerting: 1, normal: 10 },
            alerts: [
              {
                state: 'Normal',
                activeAt: '2026-11-21T16:51:00Z',
                labels: { entity_id: 'budget:4', budget: 'Analytics', threshold: '100' },
              },
              {
                state: 'Alerting',
                activeAt: '2026-11-21T16:36:00Z',
                labels: {
                  __grafana_receiver__: 'Chargeback',
                  entity_id: 'budget:5',
                  budget: 'Logistics',
                  threshold: '100',
                },
                annotations: { summary: 'Budget Logistics has reached 100 %' },
              },
            ],
          },
          {
            uid: 'chargeback-missing-hours',
            name: 'Hours are missing',
            health: 'error',
            lastError: 'failed to execute query value: relation does not exist',
            lastEvaluation: '2026-11-21T16:48:00Z',
            totals: { error: 1 },
            alerts: [{ state: 'Error', activeAt: '2026-11-21T16:48:00Z', labels: { alertname: 'Hours are missing' } }],
          },
          { uid: 'chargeback-unpriced-usage', name: 'Usage without a price', health: 'unknown', lastEvaluation: NEVER },
          { uid: 'somebody-elses', name: 'Disk is full', health: 'ok', totals: { alerting: 3 }, alerts: [] },
        ],
      },
    ],
  },
};
const NO_RULES: RulesAnswer = { data: { groups: [] } };

type Refusal = { status: number; message?: string };
type Answers = Record<string, unknown>;

/** A Grafana that answers `METHOD /path` as it is told, and 404 to all else; `asked` is what was asked of it. */
function grafana(answers: Answers) {
  const asked: Array<{ what: string; data: unknown }> = [];
  const fetch = ({ url, method = 'GET', data, responseType }: BackendSrvRequest) => {
    const what = `${method} ${url}`;
    asked.push({ what, data });
    const answer = answers[what] ?? ({ status: 404 } satisfies Refusal);
    const refusal = answer as Refusal;
    if (method === 'DELETE' && responseType !== 'text') {
      // Grafana says of its empty answer that it is JSON.
      return throwError(() => new SyntaxError('Unexpected end of JSON input'));
    }
    return typeof refusal.status === 'number'
      ? throwError(() => ({ status: refusal.status, config: { url }, data: { message: refusal.message } }))
      : of({ data: answer });
  };
  setBackendSrv({ fetch } as unknown as BackendSrv);
  return asked;
}

const STATES = 'GET /api/prometheus/grafana/api/v1/rules';
const POINTS = '/api/v1/provisioning/contact-points';
const RULE = '/api/v1/provisioning/alert-rules';
const FOLDERS = 'GET /api/folders';
const MAIL = 'GET /api/admin/settings';
const folders = [{ uid: 'f1', title: 'Chargeback' }];
const point = (addresses: string) => [
  {
    uid: 'chargeback-budget-1',
    name: 'chargeback-budget-1',
    type: 'email',
    settings: { addresses, singleEmail: false },
  },
];
const ruleOf = (facts: string) => budgetRule(sampleBudget(), { facts, folder: 'f1' });

beforeAll(() => setAppEvents(new EventBusSrv()));
beforeEach(() => {
  config.datasources = {
    facts: { uid: 'facts', type: 'grafana-postgresql-datasource' },
  } as unknown as typeof config.datasources;
});

function showBudget(factsDatasource: string | undefined = 'facts', contact = ['checkout@example.com']) {
  const meta = { jsonData: { factsDatasource } } as AppPluginMeta<ConnectionSettings>;
  return render(
    <PluginContextProvider meta={meta}>
      <BudgetAlerts budget={sampleBudget({ contact })} timeZone="UTC" />
    </PluginContextProvider>,
  );
}

describe('the alerts of Grafana', () => {
  it('are what is not normal first, with the budget they are about, and every rule with what to do', () => {
    grafana({ [STATES]: RULES });
    render(<AlertsOverview timeZone="UTC" />);
    const firing = within(screen.getByRole('table', { name: 'Alerts that are not normal' }));
    expect(firing.getAllByRole('row')).toHaveLength(3);
    expect(firing.getByText('Budget Logistics has reached 100 %').closest('tr')).toHaveTextContent(
      /^AlertingLogistics, 100 %.*21 Nov 2026 16:36/,
    );
    expect(firing.getByRole('link', { name: 'Logistics, 100 %' })).toHaveAttribute(
      'href',
      '/a/finops-chargeback-app/budgets?budget=5',
    );
    const rules = within(screen.getByRole('table', { name: 'Alert rules' }));
    expect(
      rules
        .getAllByRole('row')
        .slice(1)
        .map(({ textContent }) => textContent),
    ).toEqual([
      expect.stringMatching(
        /^Budget has reached a threshold \(critical\)Alerting21 Nov 2026 16:361 alerting, 10 normal/,
      ),
      expect.stringMatching(/^Hours are missingfailed to execute query.*Error21 Nov 2026 16:481 error/),
      'Usage without a pricenot looked at yet',
    ]);
    expect(rules.getByRole('link', { name: /Runbook/ })).toHaveAttribute(
      'href',
      '/public/plugins/finops-chargeback-app/runbooks/budget-threshold.md',
    );
    expect(screen.queryByText('Disk is full')).not.toBeInTheDocument();
  });

  it('are said to come from Grafana where there is none', () => {
    grafana({});
    render(<AlertsOverview timeZone="UTC" />);
    expect(screen.getByText('The states of alerts come from Grafana, and cannot be reached here')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeInTheDocument();
  });

  it('are told where none were provisioned, and for whom they are not', () => {
    grafana({ [STATES]: NO_RULES });
    const { unmount } = render(<AlertsOverview timeZone="UTC" />);
    expect(screen.getByText('Grafana has no alert rules of Chargeback')).toBeInTheDocument();
    unmount();
    grafana({ [STATES]: { status: 403, message: 'Access denied' } satisfies Refusal });
    render(<AlertsOverview timeZone="UTC" />);
    expect(screen.getByText('The state of alerts is not for your role')).toBeInTheDocument();
  });
});

describe('the alert for the contacts of a budget', () => {
  it('is made: first whom it tells, then what it watches', async () => {
    const asked = grafana({
      [STATES]: NO_RULES,
      [`GET ${POINTS}`]: [],
      [FOLDERS]: folders,
      [`POST ${POINTS}`]: {},
      [`POST ${RULE}`]: {},
      [MAIL]: { smtp: { enabled: 'true' } },
    });
    const { user } = showBudget();
    await user.click(screen.getByRole('button', { name: 'Create alert for its contacts' }));
    const written = asked.filter(({ what }) => !what.startsWith('GET'));
    expect(written).toEqual([
      { what: `POST ${POINTS}`, data: point('checkout@example.com')[0] },
      { what: `POST ${RULE}`, data: ruleOf('facts') },
    ]);
    expect(screen.queryByText('This Grafana has no mail server')).not.toBeInTheDocument();
  });

  it('is made in a folder of its title when there is none yet', async () => {
    const asked = grafana({
      [STATES]: NO_RULES,
      [`GET ${POINTS}`]: [],
      [FOLDERS]: [{ uid: 'x', title: 'Others' }],
      'POST /api/folders': { uid: 'new' },
      [`POST ${POINTS}`]: {},
      [`POST ${RULE}`]: {},
    });
    const { user } = showBudget();
    await user.click(screen.getByRole('button', { name: 'Create alert for its contacts' }));
    expect(asked.find(({ what }) => what === `POST ${RULE}`)?.data).toMatchObject({ folderUID: 'new' });
  });

  it('is there, and can be taken away: the rule before the contact point that it names', async () => {
    const asked = grafana({
      [STATES]: NO_RULES,
      [`GET ${POINTS}`]: point('checkout@example.com'),
      [`GET ${RULE}/chargeback-budget-1`]: ruleOf('facts'),
      [`DELETE ${RULE}/chargeback-budget-1`]: {},
      [`DELETE ${POINTS}/chargeback-budget-1`]: {},
    });
    const { user } = showBudget();
    expect(screen.getByRole('link', { name: 'a rule of its own' })).toHaveAttribute(
      'href',
      '/alerting/grafana/chargeback-budget-1/view',
    );
    expect(screen.queryByRole('button', { name: /Update|Create/ })).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Remove the alert' }));
    await user.click(screen.getByRole('button', { name: 'Remove' }));
    expect(asked.filter(({ what }) => what.startsWith('DELETE')).map(({ what }) => what)).toEqual([
      `DELETE ${RULE}/chargeback-budget-1`,
      `DELETE ${POINTS}/chargeback-budget-1`,
    ]);
  });

  it('is brought up to date when the budget has other contacts', async () => {
    const asked = grafana({
      [STATES]: NO_RULES,
      [`GET ${POINTS}`]: point('old@example.com'),
      [`GET ${RULE}/chargeback-budget-1`]: ruleOf('facts'),
      [FOLDERS]: folders,
      [`PUT ${POINTS}/chargeback-budget-1`]: {},
      [`PUT ${RULE}/chargeback-budget-1`]: {},
    });
    const { user } = showBudget();
    expect(
      screen.getByText('Grafana tells old@example.com, but the contacts of the budget are checkout@example.com.'),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Update the alert' }));
    expect(asked.filter(({ what }) => what.startsWith('PUT')).map(({ what }) => what)).toEqual([
      `PUT ${POINTS}/chargeback-budget-1`,
      `PUT ${RULE}/chargeback-budget-1`,
    ]);
  });

  it('cannot be made without a data source, and tells nobody without a mail server', () => {
    grafana({ [STATES]: NO_RULES, [`GET ${POINTS}`]: [], [MAIL]: { smtp: { enabled: 'false' } } });
    const { unmount } = showBudget('');
    expect(screen.getByText('No data source of the facts is chosen')).toBeInTheDocument();
    expect(screen.getByText('This Grafana has no mail server')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Create alert for its contacts' })).toBeDisabled();
    unmount();
    showBudget('gone');
    expect(screen.getByText('The data source of the facts is not there')).toBeInTheDocument();
  });

  it('is not offered to a budget without a contact, and says what Grafana refuses', async () => {
    grafana({
      [STATES]: NO_RULES,
      [`GET ${POINTS}`]: [],
      [FOLDERS]: folders,
      [`POST ${POINTS}`]: { status: 403, message: 'no permission' } satisfies Refusal,
    });
    const { unmount } = showBudget('facts', []);
    expect(screen.getByText(/It has no contact of its own/)).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
    unmount();
    const { user } = showBudget();
    await user.click(screen.getByRole('button', { name: 'Create alert for its contacts' }));
    expect(screen.getByText(/It says: no permission/)).toBeInTheDocument();
  });
});
