import { setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { screen } from '@testing-library/react';
import { NEVER } from 'rxjs';
import type { Meter } from '../../../../api/meters';
import { render } from '../../../../testing/render';
import { RateCardEditor } from './RateCardEditor';

const meter = (slug: string, unit: string): Meter => ({
  slug,
  unit,
  kind: 'counter',
  query: '',
  interval_seconds: 15,
  interval_learned: false,
  dimensions: {},
  labels: [],
  series: 0,
  watermark: null,
  missing_hours: 0,
  priced: false,
});
const METERS = [meter('kafka_ingress_bytes', 'byte'), meter('kafka_ingress_messages', 'message')];

/** An editor of a new card; `asked` are the requests that it made, which nobody answers. */
function openEditor() {
  const asked: string[] = [];
  const fetch: BackendSrv['fetch'] = ({ method, url }) => {
    asked.push(`${method} ${url}`);
    return NEVER;
  };
  setBackendSrv({ fetch } as BackendSrv);
  const me = { login: 'admin', role: 'admin' as const, workspaces: ['*'], timezone: 'Europe/Berlin', currency: 'EUR' };
  const nothing = () => undefined;
  const editor = (
    <RateCardEditor
      data={{ me, meters: METERS, cards: [], closedUntil: null }}
      asNewVersion={false}
      onSaved={nothing}
      onCancel={nothing}
    />
  );
  return { ...render(editor), asked };
}

describe('the editor of a rate card', () => {
  it('tells all problems at once when asked for a preview, and asks the collector nothing', async () => {
    const { user, asked } = openEditor();
    expect(screen.queryByText('must not be empty')).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Preview the effect' }));
    expect(screen.getByText('3 things are not right yet')).toBeInTheDocument();
    const told = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(told).toEqual([
      'Namemust not be empty',
      expect.stringMatching(/^Valid frommust be a day/),
      'Pricesneeds at least one price',
    ]);
    await user.click(screen.getByRole('button', { name: 'Name' }));
    expect(screen.getByLabelText(/^Name/)).toHaveFocus();
    expect(asked.filter((request) => request.startsWith('POST'))).toEqual([]);
  });

  it('tells a problem of a field as it is typed, and takes it back', async () => {
    const { user } = openEditor();
    await user.click(screen.getByLabelText('Kafka ingress bytes'));
    const price = screen.getByLabelText(/^Price/);
    await user.type(price, '-0.1');
    expect(screen.getByText('must not be negative')).toBeInTheDocument();
    await user.clear(price);
    await user.type(price, '0.1');
    expect(screen.queryByText('must not be negative')).not.toBeInTheDocument();
    // Fields that nobody touched are left in peace until the preview.
    expect(screen.queryByText('must not be empty')).not.toBeInTheDocument();
  });

  it('tells a problem of a field that was left empty, and of no other', async () => {
    const { user } = openEditor();
    await user.click(screen.getByLabelText(/^Name/));
    await user.tab();
    expect(screen.getAllByText(/must not be empty/)).toHaveLength(1);
    expect(screen.queryByText(/must be a day/)).not.toBeInTheDocument();
  });

  it('asks for the effect before it saves, and says when it shows it', async () => {
    const { user, asked } = openEditor();
    expect(screen.getByText(/changes by more than 10 % and more than 1 unit of its currency/)).toBeInTheDocument();
    await user.type(screen.getByLabelText(/^Name/), 'x');
    await user.click(screen.getByRole('button', { name: 'This month' }));
    await user.click(screen.getByLabelText('Kafka ingress bytes'));
    await user.type(screen.getByLabelText(/^Price/), '0.1');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(asked.filter((request) => request.startsWith('POST'))).toEqual([
      expect.stringMatching(/v1\/rate-cards\/preview$/),
    ]);
  });

  it('shows what is included as a field of its own, and carries a price over to tiers', async () => {
    const { user } = openEditor();
    await user.click(screen.getByLabelText('Kafka ingress messages'));
    await user.type(screen.getByLabelText(/^Price/), '0.01');
    await user.type(screen.getByLabelText(/^Included per month/), '10');
    expect(screen.getByText('10,000,000 messages free for each workspace')).toBeInTheDocument();
    await user.click(screen.getByRole('radio', { name: 'Tiers' }));
    expect(screen.getByLabelText('Tier 1: month to date from')).toHaveValue('10');
    expect(screen.getByLabelText(/^Tier 1: price/)).toHaveValue('0.01');
    await user.clear(screen.getByLabelText(/^Included per month/));
    expect(screen.getByLabelText('Tier 1: month to date from')).toHaveValue('0');
  });

  it('starts in the billing currency and time zone', () => {
    openEditor();
    expect(screen.getByText('The first day, in Europe/Berlin')).toBeInTheDocument();
    expect(screen.getByLabelText(/^Currency/)).toHaveValue('EUR');
  });
});
