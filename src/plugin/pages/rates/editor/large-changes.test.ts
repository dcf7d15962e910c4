import { changeShare, isLargeChange } from './large-changes';

describe('the change of a bill', () => {
  it.each([
    ['100', '10', false, 'exactly a tenth'],
    ['100', '10.000000000001', true, 'a little more than a tenth'],
    ['100', '-10.01', true, 'a fall counts as a rise does'],
    ['5', '1', false, 'a fifth, but one unit only'],
    ['5', '1.01', true, 'a fifth and more than one unit'],
    ['0', '1.5', true, 'a bill that was nothing'],
    ['0', '0.5', false, 'next to nothing'],
    ['-100', '10.5', true, 'a credit that shrinks'],
    ['12000000', '1199999', false, 'a great amount of a far greater bill'],
  ])('%s by %s: large is %s (%s)', (before, difference, large) => {
    expect(isLargeChange({ before, difference })).toBe(large);
  });

  it('is told as a share of what the bill was, unless that was nothing', () => {
    expect(changeShare({ before: '100', difference: '12.5' })).toBe('+12.5 %');
    expect(changeShare({ before: '3', difference: '-1' })).toBe('-33.3 %');
    expect(changeShare({ before: '-10', difference: '-5' })).toBe('-50.0 %');
    expect(changeShare({ before: '1', difference: '11.4' })).toBe('+1140 %');
    expect(changeShare({ before: '0', difference: '5' })).toBeNull();
  });
});
