import { setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { screen } from '@testing-library/react';
import { NEVER } from 'rxjs';
import type { Meter } from '../../../api/meters';
import { render } from '../../../testing/render';
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
      data={{ me, meters: METERS, cards: [] }}
      asNewVersion={false}
      onSaved={nothing}
      onCancel={nothing}
      onReload={nothing}
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
    expect(screen.getByText('Name: must not be empty')).toBeInTheDocument();
    expect(screen.getByText('Prices: needs at least one price', { selector: 'li' })).toBeInTheDocument();
    expect(screen.getByText(/^Valid from: must be a day/)).toBeInTheDocument();
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

  it('cannot save what was not previewed, and starts in the billing currency and time zone', () => {
    openEditor();
    expect(screen.getByRole('button', { name: /Save|Look at the effect/ })).toHaveAttribute('aria-disabled', 'true');
    expect(screen.getByText('The first day, in Europe/Berlin')).toBeInTheDocument();
    expect(screen.getByLabelText(/^Currency/)).toHaveValue('EUR');
  });
});
