import { grafanaSql } from './grafana-sql';

const request = { from: new Date('2026-03-01T00:00:00Z'), to: new Date('2026-03-02T10:30:00.250Z') };

test('macros and variables become what Grafana makes of them', () => {
  expect(grafanaSql('$__timeFrom()::timestamptz < t and t < $__timeTo()::timestamptz', request)).toBe(
    "'2026-03-01T00:00:00Z'::timestamptz < t and t < '2026-03-02T10:30:00.250Z'::timestamptz",
  );
  expect(grafanaSql('$__timeFilter(hour)', request)).toBe(
    "hour BETWEEN '2026-03-01T00:00:00Z' AND '2026-03-02T10:30:00.250Z'",
  );
  const variables = { one: ["o'brien"], many: ['a', ''], all: { all: "'__all__'" } };
  expect(
    grafanaSql('${one:sqlstring} ${many:sqlstring} ${all:sqlstring} ${__interval}', { ...request, variables }),
  ).toBe("'o''brien' 'a','' '__all__' 60s");
});

test('what Grafana would refuse, or silently leave as it stands, is an error', () => {
  expect(() => grafanaSql('-- $__nothing(x)', request)).toThrow('unknown macro $__nothing(x)');
  expect(() => grafanaSql('${gone:sqlstring}', request)).toThrow('there is no variable "gone"');
  expect(() => grafanaSql('$__interval_s', request)).toThrow('there is no variable');
});
