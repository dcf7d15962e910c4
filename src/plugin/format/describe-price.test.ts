import { describePrice } from './describe-price';

describe('a price in words', () => {
  it('is what one pays for which amount', () => {
    expect(describePrice({ per: '1073741824', unit_price: '0.1' }, 'USD', 'byte')).toEqual(['0.10 USD per GB']);
    expect(describePrice({ per: '1', unit_price: '0' }, 'USD', 'hour')).toEqual(['0.00 USD per hour']);
  });

  it('has a line per tier, whose bounds are exact', () => {
    const tiers = [
      { from: '0', unit_price: '0' },
      { from: '107374182400', unit_price: '0.1' },
      { from: '107374182401', unit_price: '0.0625' },
    ];
    expect(describePrice({ per: '1073741824', tiers }, 'USD', 'byte')).toEqual([
      '100 GB a month included',
      'up to 107,374,182,401 bytes a month: 0.10 USD per GB',
      'above: 0.0625 USD per GB',
    ]);
    const included = [
      { from: '0', unit_price: '0' },
      { from: '10000000', unit_price: '0.01' },
    ];
    expect(describePrice({ per: '1000000', tiers: included }, 'USD', 'message')).toEqual([
      '10 million messages a month included',
      'above: 0.01 USD per million messages',
    ]);
    expect(describePrice({ per: '1000000', tiers: [{ from: '0', unit_price: '2' }] }, 'USD', 'message')).toEqual([
      '2.00 USD per million messages',
    ]);
  });
});
