import fc from 'fast-check';
import { HISTORY_OBJECTS } from '../../../api/history';
import { historyLink, readHistoryQuery, writeHistoryQuery, type HistoryQueryState } from './history-query';

const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const times = fc.constantFrom(
  { from: '', to: '' },
  { from: 'now-7d', to: 'now' },
  { from: 'now-1M/M', to: 'now-1M/M' },
  { from: '2026-03-01T00:00:00.000Z', to: '2026-03-02T10:00:00.000Z' },
);
const queries: fc.Arbitrary<HistoryQueryState> = fc
  .tuple(
    fc.record({
      object: fc.constantFrom('' as const, ...HISTORY_OBJECTS),
      id: text,
      subject: text,
      actor: text,
      workspace: text,
    }),
    times,
  )
  .map(([what, when]) => ({ ...what, ...when }));

it('reads back what it wrote, and leaves the rest of the address alone', () => {
  fc.assert(
    fc.property(queries, (query) => {
      const written = writeHistoryQuery(new URLSearchParams('theme=light&object=budget&to=now'), query);
      expect(readHistoryQuery(new URLSearchParams(written.toString()))).toEqual(query);
      expect(written.get('theme')).toBe('light');
    }),
  );
});

it.each(['object=nonsense', 'from=yesterday&to=now', 'from=now-7d', 'to=now', 'from=<script>&to=now'])(
  'ignores what it does not understand: %s',
  (search) => {
    const { object, from, to } = readHistoryQuery(new URLSearchParams(search));
    expect([object, from, to]).toEqual(['', '', '']);
  },
);

it('leads from a thing to its changes', () => {
  expect(historyLink({ object: 'budget', subject: 'R&D 100%' })).toBe(
    '/a/finops-chargeback-app/history?object=budget&subject=R%26D+100%25',
  );
  expect(historyLink({})).toBe('/a/finops-chargeback-app/history');
});
