import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FACTS_VIEWS, type FactsAccess } from '../data/facts-datasource';
import { checkFactsAccess, type KnownLedger } from './facts-check';

const collected = (meter: string, first: string | null): KnownLedger['meters'][number] => ({
  meter,
  first,
  watermark: null,
  collected_hours: 0,
  missing_hours: 0,
  missing: [],
  failed: [],
  not_counted: '0',
  last_run: null,
});
const BILLED = { timezone: 'Europe/Berlin', currency: 'EUR' };
const COLLECTOR: KnownLedger = {
  ...BILLED,
  meters: [collected('egress', '2026-03-01T00:00:00.000Z'), collected('ingress', null)],
};
const READER: FactsAccess = {
  role: 'chargeback_reader',
  database: 'chargeback',
  superuser: false,
  may_create_roles: false,
  may_create_temporary: false,
  sees_ledger: false,
  writable: '',
  creatable: '',
  strong_roles: '',
  missing_views: '',
  ...BILLED,
  beginnings: ['ingress@', 'egress@2026-03-01T00:00:00.000Z'],
};
const problems = (known: Partial<FactsAccess>) => checkFactsAccess({ ...READER, ...known }, COLLECTOR).problems ?? [];

test('the reader is right', () => {
  expect(checkFactsAccess(READER, COLLECTOR).outcome).toBe('ok');
});

test.each<[string, Partial<FactsAccess>, RegExp]>([
  ['another database', { timezone: null, currency: null }, /no views of a collector.*DATABASE_URL/],
  ['another ledger', { timezone: 'UTC' }, /bills EUR in UTC, the collector bills EUR in Europe\/Berlin/],
  ['another currency', { currency: 'USD' }, /another ledger/],
  ['a ledger of other hours', { beginnings: ['ingress@', 'egress@2026-02-01T00:00:00.000Z'] }, /other first hours/],
  ['a ledger of other meters', { beginnings: ['egress@2026-03-01T00:00:00.000Z'] }, /other meters/],
  ['an older ledger', { missing_views: 'monthly_usage' }, /does not find: monthly_usage/],
  ['a superuser', { superuser: true, writable: 'public.a', may_create_temporary: true }, /superuser/],
  ['one who makes roles', { may_create_roles: true }, /may create roles/],
  ['one who may become the owner', { strong_roles: 'chargeback' }, /may become chargeback/],
  ['one who sees the ledger', { sees_ledger: true }, /REVOKE ALL ON SCHEMA chargeback_data FROM "chargeback_reader"/],
  ['one who can write', { writable: 'public.notes' }, /can write to public\.notes/],
  ['one who can create', { creatable: 'public' }, /create objects in public/],
  ['temporary tables', { may_create_temporary: true }, /REVOKE TEMPORARY ON DATABASE "chargeback" FROM PUBLIC/],
])('%s is one problem, with how to mend it', (_what, known, words) => {
  expect(problems(known)).toEqual([expect.stringMatching(words)]);
});

test('all problems are told at once', () => {
  expect(problems({ timezone: 'UTC', sees_ledger: true, writable: 'a.b', may_create_temporary: true })).toHaveLength(4);
});

test('without the collector’s word the ledger cannot be compared, the rest can', () => {
  expect(checkFactsAccess({ ...READER, timezone: 'UTC' }, undefined).outcome).toBe('ok');
  expect(checkFactsAccess({ ...READER, sees_ledger: true }, undefined).outcome).toBe('failed');
});

test('the views that are looked for are those that migrations make', () => {
  const folder = join(__dirname, '../../collector/db/migrations');
  const made = readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/create (?:or replace )?view chargeback\.(\w+)/g)].map(
      ([, name]) => name,
    ),
  );
  expect([...FACTS_VIEWS].sort()).toEqual([...new Set(made)].sort());
});
