import { exactMoney, formatAmount, formatDifference, formatMoney, formatPrice } from './money';
import { perExplained, perLabel } from './per';
import { isPeriod, periodLabel, periodOf, recentPeriods, shiftPeriod } from './period';
import { exactQuantity, formatBytes, formatCount, formatQuantity, formatShortCount } from './quantity';

describe('money on a screen', () => {
  it('is rounded half away from zero to the minor units of its currency', () => {
    expect(formatMoney('1234567.895', 'USD')).toBe('1,234,567.90 USD');
    expect(formatMoney('1.265', 'USD')).toBe('1.27 USD');
    expect(formatMoney('-1.265', 'USD')).toBe('-1.27 USD');
    expect(formatMoney('1234.5', 'JPY')).toBe('1,235 JPY');
    expect(formatMoney('1.23456', 'KWD')).toBe('1.235 KWD');
  });

  it('never says zero of something that costs', () => {
    expect(formatAmount('0.000000000001', 'USD')).toBe('<0.01');
    expect(formatAmount('-0.004', 'USD')).toBe('>-0.01');
    expect(formatAmount('0', 'USD')).toBe('0.00');
    expect(formatAmount('0.005', 'USD')).toBe('0.01');
    expect(formatAmount('0.4', 'JPY')).toBe('<1');
  });

  it('keeps every digit of amounts that floats cannot hold', () => {
    expect(formatAmount('90071992547409931.23', 'USD')).toBe('90,071,992,547,409,931.23');
    expect(exactMoney('0.100000000000', 'USD')).toBe('0.1 USD');
    expect(exactMoney('90071992547409931.230000000001', 'USD')).toBe('90071992547409931.230000000001 USD');
  });

  it('is a price in full, with at least the minor units', () => {
    expect(formatPrice('0.1', 'USD')).toBe('0.10 USD');
    expect(formatPrice('0.000125', 'USD')).toBe('0.000125 USD');
    expect(formatPrice('1500', 'JPY')).toBe('1,500 JPY');
  });

  it('shows the sign of a change', () => {
    expect(formatDifference('5', 'USD')).toBe('+5.00');
    expect(formatDifference('-5', 'USD')).toBe('-5.00');
    expect(formatDifference('0', 'USD')).toBe('0.00');
    expect(formatDifference('0.001', 'USD')).toBe('+<0.01');
  });
});

describe('quantities on a screen', () => {
  it('are bytes in IEC units', () => {
    expect(formatBytes('0')).toBe('0 B');
    expect(formatBytes('1023')).toBe('1,023 B');
    expect(formatBytes('1024')).toBe('1.00 KiB');
    expect(formatBytes('1073741824')).toBe('1.00 GiB');
    expect(formatBytes('10737418240')).toBe('10.00 GiB');
    expect(formatBytes('1073741823')).toBe('1.00 GiB');
  });

  it('are counts with their unit', () => {
    expect(formatQuantity('1', 'message')).toBe('1 message');
    expect(formatQuantity('1500000', 'message')).toBe('1,500,000 messages');
    expect(formatCount('88.5')).toBe('88.5');
    expect(formatCount('1234567.4')).toBe('1,234,567');
    expect(formatShortCount('9999999')).toBe('9,999,999');
    expect(formatShortCount('10000000')).toBe('10.00 M');
    expect(formatShortCount('-72279034520')).toBe('-72.28 G');
    expect(formatShortCount('999994999')).toBe('999.99 M');
    expect(formatShortCount('999995000')).toBe('1.00 G');
    expect(exactQuantity('1234567.25', 'request')).toBe('1,234,567.25 requests');
  });
});

describe('what a price is for', () => {
  it('has a customary name with its exact amount', () => {
    expect(perLabel('1073741824', 'byte')).toBe('GB');
    expect(perExplained('1073741824', 'byte')).toBe('1 GB = 1,073,741,824 bytes');
    expect(perLabel('1000000', 'message')).toBe('million messages');
    expect(perExplained('1000000', 'message')).toBe('1,000,000 messages');
    expect(perLabel('1', 'hour')).toBe('hour');
    expect(perExplained('1', 'hour')).toBe('');
  });

  it('is written out when it has no name, and left alone while it is no number', () => {
    expect(perLabel('2500', 'message')).toBe('2,500 messages');
    expect(perLabel('1000000000', 'byte')).toBe('1,000,000,000 bytes');
    expect(perLabel('a lot', 'byte')).toBe('a lot');
  });
});

describe('months', () => {
  it('begin in the billing time zone', () => {
    const lastHour = new Date('2026-02-28T23:30:00Z');
    expect(periodOf(lastHour, 'UTC')).toBe('2026-02');
    expect(periodOf(lastHour, 'Europe/Berlin')).toBe('2026-03');
    expect(periodOf(new Date('2026-03-01T04:30:00Z'), 'America/New_York')).toBe('2026-02');
  });

  it('go twelve back from the current one, over the turn of the year', () => {
    const months = recentPeriods(new Date('2026-03-15T00:00:00Z'), 'UTC');
    expect(months).toHaveLength(13);
    expect(months.slice(0, 4)).toEqual(['2026-03', '2026-02', '2026-01', '2025-12']);
    expect(months[12]).toBe('2025-03');
    expect(shiftPeriod('2026-12', 1)).toBe('2027-01');
  });

  it('are told from other text', () => {
    expect(isPeriod('2026-03')).toBe(true);
    expect(['2026-13', '2026-3', '2026-03-01', '', null].some(isPeriod)).toBe(false);
    expect(periodLabel('2026-03')).toBe('March 2026');
  });
});
