import { grafanaPromql } from './grafana-promql';

const request = { from: new Date('2026-03-01T00:00:00Z'), to: new Date('2026-03-01T06:00:00Z') };

test('variables and windows become what Grafana makes of them', () => {
  const variables = { one: ['a.b/c'], many: ['a', '', 'b|c'], all: { all: '.*' }, price: ['0.1'] };
  expect(
    grafanaPromql('x{a=~`${one:regex}`, b=~`${many:regex}`, c=~`${all:regex}`} * ${price:raw}', {
      ...request,
      variables,
    }),
  ).toBe('x{a=~`a\\.b\\/c`, b=~`(a||b\\|c)`, c=~`.*`} * 0.1');
  const windows = 'rate(x[$__rate_interval]) + rate(x[$__range]) + rate(x[$__interval])';
  expect(grafanaPromql(windows, { ...request, intervalMs: 20_000 })).toBe(
    'rate(x[60s]) + rate(x[21600s]) + rate(x[20s])',
  );
  expect(grafanaPromql('x[$__rate_interval]', { ...request, intervalMs: 300_000 })).toBe('x[315s]');
  expect(grafanaPromql('x[$__interval]', { ...request, intervalMs: 1000 })).toBe('x[15s]');
});

test('what would silently be wrong is an error', () => {
  expect(() => grafanaPromql('x{a=~"${gone:regex}"}', request)).toThrow('there is no variable "gone"');
  expect(() => grafanaPromql('x{a=~"$one"}', { ...request, variables: { one: ['a'] } })).toThrow('write ${one:regex}');
  expect(() => grafanaPromql('x{a=~"${one:pipe}"}', { ...request, variables: { one: ['a'] } })).toThrow(
    'write ${one:regex}',
  );
});
