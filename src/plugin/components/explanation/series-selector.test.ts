import { seriesSelector } from './series-selector';

test.each([
  [
    'bifrost_bytes_total{direction="produce"}',
    { topic: 'a', direction: 'produce' },
    'bifrost_bytes_total{direction="produce", topic="a"}',
  ],
  ['up', {}, 'up'],
  [' up ', { job: 'say "hi" \\ there' }, String.raw`up{job="say \"hi\" \\ there"}`],
])('one series of %s', (query, labels, selector) => expect(seriesSelector(query, labels)).toBe(selector));

test.each(['sum by (topic) (rate(a[5m]))', 'a / b', '{__name__=~"a|b"}', 'a offset 5m'])(
  'the series of %s cannot be told',
  (query) => expect(seriesSelector(query, { topic: 'a' })).toBeNull(),
);
