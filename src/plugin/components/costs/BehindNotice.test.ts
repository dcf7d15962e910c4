import { behindSince } from './BehindNotice';

const NOW = Date.parse('2026-11-21T12:10:00Z');
const november = {
  start: '2026-11-01T00:00:00Z',
  end: '2026-12-01T00:00:00Z',
  status: 'open' as const,
  timezone: 'UTC',
};
const october = { ...november, start: '2026-10-01T00:00:00Z', end: '2026-11-01T00:00:00Z' };

describe('a collector that is behind', () => {
  it('is told after three hours, in the months that miss something', () => {
    expect(behindSince({ period: november, watermark: '2026-11-21T09:00:00Z' }, NOW)).toBe('2026-11-21T09:00:00Z');
    expect(behindSince({ period: november, watermark: '2026-11-21T11:00:00Z' }, NOW)).toBeUndefined();
    expect(behindSince({ period: october, watermark: '2026-11-21T09:00:00Z' }, NOW)).toBeUndefined();
    expect(behindSince({ period: october, watermark: '2026-10-30T00:00:00Z' }, NOW)).toBe('2026-10-30T00:00:00Z');
  });

  it('is nothing to tell of hours to come, or where nothing was ever collected', () => {
    const december = { ...november, start: '2026-12-01T00:00:00Z', end: '2027-01-01T00:00:00Z' };
    expect(behindSince({ period: december, watermark: '2026-11-20T00:00:00Z' }, NOW)).toBeUndefined();
    expect(behindSince({ period: november, watermark: null }, NOW)).toBeUndefined();
  });
});
