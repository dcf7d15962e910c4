import { namedByAll } from './named-resource';
import { namedByPromql } from './promql-names';
import { namedBySql } from './sql-names';
import { namedByTitle } from './title-names';

const promql = (expression: string) => namedByAll(namedByPromql(expression));

describe('what a PromQL expression names', () => {
  test.each([
    ['sum(rate(bifrost_bytes_total{topic="orders"}[5m]))', { topic: ['orders'] }],
    ['x{virtual_cluster="vc-1", topic = "orders" , direction="produce"}', { topic: ['orders'], cluster: ['vc-1'] }],
    ["x{service_account='sa-1'}", { principal: ['sa-1'] }],
    ['x{"topic"="orders"}', { topic: ['orders'] }],
    ['{"kafka.bytes", "topic"="orders"}', { topic: ['orders'] }],
    ['x{topic=`or"ders`}', { topic: ['or"ders'] }],
    [String.raw`x{topic="say \"hi\" \\ there"}`, { topic: ['say "hi" \\ there'] }],
    ['a{topic="x"} / a{topic="y"}', { topic: ['x', 'y'] }],
    ['a{topic="x"} / up', { topic: ['x'] }],
    ['a{topic="x", cluster="c"} / b{cluster="c"}', { cluster: ['c'] }],
  ])('%s', (expression, named) => expect(promql(expression)).toEqual(named));

  test.each([
    ['another operator', 'x{topic!="a", cluster=~"b.*", workspace!~"c"}'],
    ['a dashboard variable', 'x{topic="$topic", cluster="${cluster}", workspace="[[workspace]]"}'],
    ['nothing', 'x{topic=""}'],
    ['an escape that only PromQL knows', String.raw`x{topic="\x41\u00e9\n"}`],
    ['a comment', 'up # x{topic="orders"}'],
    ['a string that looks like a selector', `label_replace(up, "a", "{topic='orders'}", "", "")`],
    ['a comparison outside of a selector', 'up == 1 and on (topic) topic = "orders"'],
    ['a label whose name only ends like it', 'x{sub_topic="orders"}'],
    ['selectors that have no field in common', 'a{topic="x"} / on () b{cluster="c"}'],
    ['a selector that is not closed', 'x{topic="orders"'],
    ['what every object has', 'x{constructor="a", __proto__="b", toString="c"}'],
  ])('%s names nothing', (_what, expression) => expect(promql(expression)).toEqual({}));
});

describe('what an SQL statement names', () => {
  test.each([
    [`select 1 from f where workspace = 'payments'`, { workspace: ['payments'] }],
    [`select 1 from f where f."topic"='orders' AND f.CLUSTER = 'vc-1'`, { topic: ['orders'], cluster: ['vc-1'] }],
    [`where principal = 'o''brien'`, { principal: [`o'brien`] }],
    [`where topic = 'a' or topic = 'b' or topic = 'a'`, { topic: ['a', 'b'] }],
    [`where topic = /* which */ 'a' -- 'b'`, { topic: ['a'] }],
  ])('%s', (statement, named) => expect(namedBySql(statement)).toEqual(named));

  test.each([
    ['other comparisons', `where topic <> 'a' and cluster != 'b' and workspace >= 'c' and principal like 'd'`],
    ['a dashboard variable', `where workspace = '$workspace' and topic = '\${topic}'`],
    ['comments', `-- topic = 'a'\n/* cluster = 'b' */ select 1`],
    ['a string that looks like a condition', `select 'topic = ''a''' as note`],
    ['an escaped string', `where topic = E'a\\'b'`],
    ['unallocated', `where workspace = ''`],
    ['a column of that name in capitals and quotes', `where "Topic" = 'a'`],
  ])('%s names nothing', (_what, statement) => expect(namedBySql(statement)).toEqual({}));
});

describe('what a title names', () => {
  test.each([
    ['Traffic of topic: orders.created', { topic: ['orders.created'] }],
    ['Lag (virtual_cluster="vc 1", topic=\'a\')', { cluster: ['vc 1'], topic: ['a'] }],
    ['Topic overview', {}],
    ['topic: $topic', {}],
    ['Time: 12:00', {}],
  ])('%s', (title, named) => expect(namedByTitle(title)).toEqual(named));
});

// Texts made to let a careless expression try every way to read them. They end in time, whatever they name.
test.each([
  ['quotes that are escaped and never closed', `x{topic="${'\\"'.repeat(50_000)}`],
  ['a backslash at the end', `x{topic="${'\\"'.repeat(50_000)}\\`],
  ['quotes in pairs', `where topic = '${"''".repeat(50_000)}`],
  ['comments that are never closed', '/*'.repeat(50_000)],
  ['braces', '{'.repeat(100_000)],
  ['spaces', `topic${' '.repeat(100_000)}=`],
  ['statements', `select 1 where a = 'b' and c like '%d%';\n`.repeat(2500)],
  ['names', 'topic='.repeat(20_000)],
])('100 kB of %s are read once', (_what, text) => {
  expect(() => [namedByPromql(text), namedBySql(text), namedByTitle(text)]).not.toThrow();
});
