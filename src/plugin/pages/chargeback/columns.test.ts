import type { ChargebackLine } from '../../../api/chargeback';
import { isColumnKey, searchLines, sortLines, sumLines } from './columns';

function line(change: Partial<ChargebackLine>): ChargebackLine {
  const zero = {
    ingress_bytes: '0',
    egress_bytes: '0',
    messages: '0',
    ingress_cost: '0',
    egress_cost: '0',
    message_cost: '0',
    other_cost: '0',
  };
  return {
    workspace: 'payments',
    application: 'checkout',
    environment: 'prod',
    ...zero,
    total_cost: '0',
    confidence: 1,
    ...change,
  };
}

const names = (lines: ChargebackLine[]) => lines.map(({ application }) => application);

describe('the lines of a month', () => {
  it('are sorted by exact amounts, also where floats are equal', () => {
    const lines = [
      line({ application: 'a', total_cost: '9007199254740993.000000000001' }),
      line({ application: 'b', total_cost: '9007199254740993.000000000002' }),
      line({ application: 'c', total_cost: '10' }),
      line({ application: 'd', total_cost: '9' }),
    ];
    expect(names(sortLines(lines, 'total_cost', true))).toEqual(['b', 'a', 'c', 'd']);
    expect(names(sortLines(lines, 'total_cost', false))).toEqual(['d', 'c', 'a', 'b']);
  });

  it('are sorted by names as people do, Unallocated under U, and stay as they were where equal', () => {
    const lines = [
      line({ workspace: 'zeta' }),
      line({ workspace: '' }),
      line({ workspace: 'team10' }),
      line({ workspace: 'Team2' }),
    ];
    expect(sortLines(lines, 'workspace', false).map(({ workspace }) => workspace)).toEqual([
      'Team2',
      'team10',
      '',
      'zeta',
    ]);
    const same = [line({ application: 'first' }), line({ application: 'second' })];
    expect(names(sortLines(same, 'workspace', true))).toEqual(['first', 'second']);
    expect(names(same)).toEqual(['first', 'second']);
  });

  it('are found by every word, in any of their names', () => {
    const lines = [
      line({ application: 'checkout' }),
      line({ application: 'invoices', environment: 'dev' }),
      line({ workspace: '', application: '' }),
    ];
    expect(names(searchLines(lines, 'PAY check'))).toEqual(['checkout']);
    expect(names(searchLines(lines, 'dev'))).toEqual(['invoices']);
    expect(searchLines(lines, 'unallocated')).toEqual([lines[2]]);
    expect(searchLines(lines, '  ')).toEqual(lines);
    expect(searchLines(lines, 'nobody')).toEqual([]);
  });

  it('sum without rounding', () => {
    const sums = sumLines([
      line({ total_cost: '0.1', messages: '0.5' }),
      line({ total_cost: '0.2' }),
      line({ total_cost: '0.000000000001' }),
    ]);
    expect(sums.total_cost).toBe('0.300000000001');
    expect(sums.messages).toBe('0.5');
    expect(sums.egress_bytes).toBe('0');
  });

  it('have columns that an address can name', () => {
    expect(isColumnKey('ingress_cost')).toBe(true);
    expect(isColumnKey('constructor')).toBe(false);
  });
});
