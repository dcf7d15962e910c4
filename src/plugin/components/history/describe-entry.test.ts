import type { HistoryEntry } from '../../../api/history';
import type { RateCard } from '../../../api/rate-cards';
import { describeEntry } from './describe-entry';

const words = { timeZone: 'Europe/Berlin', unitOf: (meter: string) => (meter.endsWith('bytes') ? 'byte' : 'message') };
const GB = '1073741824';
const card: RateCard = {
  id: 7,
  version: 1,
  name: 'kafka',
  workspace: '',
  currency: 'USD',
  valid_from: '2026-10-31T23:00:00.000Z',
  notes: '',
  prices: { ingress_bytes: { per: GB, unit_price: '0.1' }, messages: { per: '1000000', unit_price: '0.01' } },
  created_at: '2026-10-01T00:00:00.000Z',
  created_by: 'ada',
  updated_at: '2026-10-01T00:00:00.000Z',
  updated_by: 'ada',
};
const entry = (action: string, before: unknown, after: unknown, subject = 'kafka'): HistoryEntry => ({
  id: '1',
  at: '2026-11-02T10:00:00.000Z',
  actor: 'ada',
  via: 'grafana',
  address: '10.0.0.7',
  action,
  object: action.split('.')[0] ?? '',
  object_id: null,
  subject,
  workspace: null,
  before,
  after,
});

describe('a change of a rate card in words', () => {
  it('names what differs with exact prices, and the day in the billing time zone', () => {
    const after: RateCard = {
      ...card,
      version: 2,
      valid_from: '2026-11-30T23:00:00.000Z',
      notes: 'agreed',
      prices: {
        ingress_bytes: { per: GB, unit_price: '0.120000000001' },
        egress_bytes: {
          per: GB,
          tiers: [
            { from: '0', unit_price: '0' },
            { from: '10737418240', unit_price: '0.05' },
          ],
        },
      },
      updated_at: '2026-11-02T10:00:00.000Z',
    };
    expect(describeEntry(entry('rate-card.change', card, after), words)).toEqual({
      verb: 'changed',
      kind: 'the rate card',
      name: 'kafka',
      detail: 'for every workspace, valid from 2026-12-01',
      differences: [
        { label: 'Valid from', before: ['2026-11-01'], after: ['2026-12-01'] },
        { label: 'Notes', before: [], after: ['agreed'] },
        { label: 'Ingress bytes', before: ['0.10 USD per GB'], after: ['0.120000000001 USD per GB'] },
        { label: 'Messages', before: ['0.01 USD per million messages'], after: [] },
        { label: 'Egress bytes', before: [], after: ['10 GB a month included', 'above: 0.05 USD per GB'] },
      ],
    });
  });

  it('tells what a card said that is gone, and of a new one what it says', () => {
    const gone = describeEntry(entry('rate-card.delete', { ...card, workspace: 'payments' }, null), words);
    expect(gone).toMatchObject({ verb: 'deleted', detail: 'for payments, valid from 2026-11-01' });
    expect(gone.differences).toEqual([
      { label: 'Currency', before: ['USD'], after: [] },
      { label: 'Ingress bytes', before: ['0.10 USD per GB'], after: [] },
      { label: 'Messages', before: ['0.01 USD per million messages'], after: [] },
    ]);
    expect(describeEntry(entry('rate-card.create', null, card), words)).toMatchObject({
      verb: 'created',
      differences: [{ label: 'Currency', before: [], after: ['USD'] }, {}, {}],
    });
  });

  it('is nothing when only the version rose', () => {
    expect(describeEntry(entry('rate-card.change', card, { ...card, version: 2 }), words).differences).toEqual([]);
  });
});

describe('a change of something else in words', () => {
  it('shows the rules of the directory that came and went, and how many more there are', () => {
    const rule = (team: string) => ({ match: { topic: 'orders.*' }, set: { team } });
    const before = { rules: 2, differing: 1, first: [{ place: 2, rule: rule('old') }] };
    const after = {
      rules: 60,
      differing: 59,
      first: [{ place: 2, rule: { ...rule('new'), valid_from: '2026-11-01' } }],
    };
    expect(describeEntry(entry('directory.apply', before, after, 'version 3'), words)).toEqual({
      verb: 'applied',
      kind: '',
      name: 'the ownership rules',
      detail: 'version 3',
      differences: [
        { label: 'Number of rules', before: ['2'], after: ['60'] },
        {
          label: 'Rules',
          before: ['2. topic orders.* → team old'],
          after: ['2. topic orders.* → team new, from 2026-11-01', 'and 58 more'],
        },
      ],
    });
  });

  it('says that rules only changed their order', () => {
    const side = { rules: 3, differing: 0, first: [] };
    expect(describeEntry(entry('directory.apply', side, side, 'version 4'), words).differences).toEqual([
      { label: 'Order', before: [], after: ['the same rules in another order'] },
    ]);
  });

  it('tells fields in words where it has no words of its own', () => {
    const after = { start: '2026-09-30T22:00:00.000Z', end: '2026-10-31T23:00:00.000Z' };
    expect(describeEntry(entry('period.close', null, after, '2026-10'), words)).toEqual({
      verb: 'closed',
      kind: 'the month',
      name: '2026-10',
      detail: '',
      differences: [
        { label: 'Start', before: [], after: ['1 Oct 2026 00:00'] },
        { label: 'End', before: [], after: ['1 Nov 2026 00:00'] },
      ],
    });
  });

  it('names grants by whom they are for, and says how many more there are', () => {
    const before = { differing: 1, grants: [{ login: 'ann', workspaces: ['payments'] }] };
    const after = {
      differing: 52,
      grants: [
        { team: 7, workspaces: ['pay-*', 'search'] },
        { organization: 'Main', workspaces: ['*'] },
      ],
    };
    expect(describeEntry(entry('access.apply', before, after, 'version 4'), words)).toEqual({
      verb: 'applied',
      kind: '',
      name: 'the grants',
      detail: 'version 4',
      differences: [
        {
          label: 'Grants',
          before: ['Person ann: payments'],
          after: ['Team 7: pay-*, search', 'Organization Main: everything, also what is unallocated', 'and 50 more'],
        },
      ],
    });
    const none = { differing: 0, grants: [] };
    expect(describeEntry(entry('access.apply', none, none), words).differences).toEqual([
      { label: 'Order', before: [], after: ['the same grants in another order'] },
    ]);
  });

  it('says what a token might that was revoked', () => {
    const token = { role: 'viewer', workspaces: null, expires_at: '2026-12-31T23:00:00.000Z' };
    expect(describeEntry(entry('token.revoke', token, null, 'export'), words)).toMatchObject({
      verb: 'revoked',
      kind: 'the access token',
      name: 'export',
      differences: [
        { label: 'Role', before: ['viewer'], after: [] },
        { label: 'Sees', before: ['everything, also what is unallocated'], after: [] },
        { label: 'Expires', before: ['1 Jan 2027 00:00'], after: [] },
      ],
    });
    expect(describeEntry(entry('token.create', null, { ...token, expires_at: null }), words).differences[2]).toEqual({
      label: 'Expires',
      before: [],
      after: ['never'],
    });
  });

  it('says which hours of which meters are collected again', () => {
    const after = { job: 'x', from: '2026-10-31T23:00:00Z', to: '2026-11-02T23:00:00Z', meters: ['kafka_messages'] };
    expect(describeEntry(entry('collection.request', null, after, 'x/y'), words)).toEqual({
      verb: 'requested',
      kind: '',
      name: 'a collection',
      detail: '1 Nov 2026 to 2 Nov 2026',
      differences: [{ label: 'Meters', before: [], after: ['Kafka messages'] }],
    });
  });

  it('does not fail over what it does not know', () => {
    expect(describeEntry(entry('moon.polish', 'raw', ['shine'], 'the moon'), words)).toEqual({
      verb: 'polish',
      kind: 'moon',
      name: 'the moon',
      detail: '',
      differences: [],
    });
    for (const action of [
      'rate-card.change',
      'budget.change',
      'directory.apply',
      'access.apply',
      'token.create',
      'collection.run',
    ]) {
      expect(() => describeEntry(entry(action, { a: 1 }, 7), words)).not.toThrow();
    }
  });
});
