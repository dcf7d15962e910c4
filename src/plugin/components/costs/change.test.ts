import { changeOf, isLargeRise } from './change';

describe('a change against the month before', () => {
  it('has a sign and a percentage that is as exact as one reads it', () => {
    expect(changeOf('112.34', '100')).toEqual({ direction: 'up', text: '+12.3 %', difference: '12.34' });
    expect(changeOf('96', '100')).toEqual({ direction: 'down', text: '-4 %', difference: '-4' });
    expect(changeOf('12000000', '1000')).toMatchObject({ text: '+1,199,900 %' });
    expect(changeOf('199.96', '100')).toMatchObject({ text: '+100 %' });
  });

  it('is never nothing where something changed, and nothing where nothing did', () => {
    expect(changeOf('100.000000000001', '100')).toMatchObject({ direction: 'up', text: '+<0.1 %' });
    expect(changeOf('99.999999', '100')).toMatchObject({ direction: 'down', text: '-<0.1 %' });
    expect(changeOf('5.10', '5.1')).toEqual({ direction: 'same', text: 'no change', difference: '0' });
    expect(changeOf('0', '0')).toMatchObject({ text: 'no change' });
  });

  it('from zero is new, and from a correction goes by its size', () => {
    expect(changeOf('3', '0')).toEqual({ direction: 'up', text: 'new', difference: '3' });
    expect(changeOf('-5', '-10')).toMatchObject({ direction: 'up', text: '+50 %' });
    expect(changeOf('-5', '10')).toMatchObject({ direction: 'down', text: '-150 %' });
  });

  it('stands out only when it is a large part of everything', () => {
    expect(isLargeRise('130', '100', '200')).toBe(true);
    expect(isLargeRise('120', '100', '200')).toBe(false);
    expect(isLargeRise('2', '1', '1000')).toBe(false);
    expect(isLargeRise('70', '100', '100')).toBe(false);
    expect(isLargeRise('60', '0', '1000')).toBe(true);
    expect(isLargeRise('60', '0', '0')).toBe(false);
  });
});
