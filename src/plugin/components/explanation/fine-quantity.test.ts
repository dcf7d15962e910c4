import { fineMoney } from './fine-money';
import { fineNumber, fineQuantity } from './fine-quantity';

const GB = '1073741824';

test.each([
  ['10737418240', 'byte', GB, '10.00 GiB'],
  ['203907503', 'byte', GB, '0.189904 GiB'],
  ['1', 'byte', GB, '1 B'],
  ['0', 'byte', GB, '0 B'],
  ['2048', 'byte', '1024', '2.00 KiB'],
  ['1536', 'byte', '1000', '1.50 KiB'],
  ['146.333333333333', 'hour', '1', '146.333333 hours'],
  ['-2331770', 'message', '1000000', '-2,331,770 messages'],
])('%s %ss at a price per %s: %s', (quantity, unit, per, text) => expect(fineQuantity(quantity, unit, per)).toBe(text));

test('numbers keep what they have, up to six decimals', () => {
  expect(['1411777117', '63.3333333', '0.0000001', '-0.5'].map(fineNumber)).toEqual([
    '1,411,777,117',
    '63.333333',
    '0',
    '-0.5',
  ]);
});

test('amounts of less than a cent can be told apart, and nothing is said to be free that is not', () => {
  expect(['0.0072041', '12', '0', '0.0000001', '-0.0000001'].map((amount) => fineMoney(amount, 'USD'))).toEqual([
    '0.007204 USD',
    '12.000000 USD',
    '0.00 USD',
    '<0.000001 USD',
    '>-0.000001 USD',
  ]);
});
