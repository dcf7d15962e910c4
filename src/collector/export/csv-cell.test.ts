import { csvText } from './csv-cell';

test.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  ' =1',
  '\u200b=1',
  '＝1',
  '＋1',
  '－1',
  '＠A1',
  '\ttext',
  '-',
])('%j is made plain text', (text) => {
  expect(csvText(text)).toBe(`'${text}`);
});

test.each(['', 'payments', 'a=b', '1-2', 'vc-payments', "it's", 'ünï'])('%j stays as it is', (text) => {
  expect(csvText(text)).toBe(text);
});
