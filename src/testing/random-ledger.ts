import fc from 'fast-check';
import type { z } from 'zod';
import type { DirectoryFile } from '../api/directory';
import type { RateCardInput } from '../api/rate-cards';
import { HOUR, isoHour, type Hour } from '../domain/hours';
import { noise } from './random-usage';
import type { Sample, SampleSeries } from './sample-set';

type Card = z.input<typeof RateCardInput>;
type Directory = z.input<typeof DirectoryFile>;

/** What is done to a ledger, one after the other. */
export type Step =
  | { do: 'collect'; from: Hour; to: Hour }
  | { do: 'rates'; cards: Card[] }
  | { do: 'delete'; card: string }
  | { do: 'directory'; directory: Directory };

/** Usage of three meters over a month's end, cards, directories, and steps in a random order that end with all of them in force. */
export interface RandomLedger {
  timezone: string;
  from: Hour;
  to: Hour;
  meters: string[];
  series: SampleSeries[];
  cards: Card[];
  directory: Directory;
  steps: Step[];
}

/** Over the end of March 2026 in every zone below, with the beginning of summer time in Berlin. */
const FROM = Date.parse('2026-03-28T16:00:00Z');
const HOURS = 92;
const TOPICS = ['orders.eu', 'orders.us', 'refunds', 'audit', 'nobody'];
const WORKSPACES = ['payments', 'platform', 'orders-eu'];

const price = fc.oneof(
  fc.constant('0'),
  fc.bigInt({ min: 0n, max: 10n ** 13n }).map((units) =>
    units
      .toString()
      .padStart(13, '0')
      .replace(/(\d{12})$/, '.$1'),
  ),
  fc.constantFrom('0.10', '0.05', '3', '12345678.000000000001', '0.000000000001'),
);
const boundary = fc.oneof(
  fc.integer({ min: 1, max: 60_000 }).map(String),
  fc.integer({ min: 1, max: 60_000_000 }).map((thousandths) => String(thousandths / 1000)),
);
const per = fc.constantFrom('1', '3', '7', '1000', '1000000', '1073741824', '0.3');
const meterPrice = fc.oneof(
  fc.record({ per, unit_price: price }),
  fc.record({
    per,
    tiers: fc
      .uniqueArray(boundary, { maxLength: 5, selector: Number })
      .chain((bounds) =>
        fc
          .array(price, { minLength: bounds.length + 1, maxLength: bounds.length + 1 })
          .map((prices) => [bounds, prices] as const),
      )
      .map(([bounds, prices]) => {
        const from = ['0', ...[...bounds].sort((a, b) => Number(a) - Number(b))];
        return prices.map((unit_price, index) => ({ from: from[index] ?? '0', unit_price }));
      }),
  }),
);

const cardSpec = fc.record({
  hour: fc.integer({ min: -30, max: HOURS - 1 }),
  workspace: fc.constantFrom('', '', '', ...WORKSPACES),
  prices: fc.dictionary(fc.constantFrom('0', '1', '2'), meterPrice, { minKeys: 1, maxKeys: 3 }),
  /** Prices of an earlier version, replaced later. */
  draft: fc.option(fc.dictionary(fc.constantFrom('0', '1', '2'), meterPrice, { minKeys: 1, maxKeys: 3 }), { freq: 1 }),
  passes: fc.constantFrom(false, false, false, true),
});

const rule = fc.record({
  topic: fc.constantFrom('orders.*', 'orders.eu', 'refunds', 'audit', '*s', '*.*'),
  workspace: fc.constantFrom(...WORKSPACES, 'orders-${1}'),
  team: fc.option(fc.constantFrom('red', 'blue'), { nil: undefined }),
  hour: fc.option(fc.integer({ min: 1, max: HOURS - 1 })),
});
const directory = fc.array(rule, { minLength: 1, maxLength: 6 }).map((rules): Directory => ({
  rules: rules.map(({ topic, workspace, team, hour }) => ({
    match: { topic },
    // Without a glob there is nothing that ${1} could stand for.
    set: {
      workspace: topic.includes('*') ? workspace : workspace.replace('${1}', 'x'),
      ...(team !== undefined && { team }),
    },
    ...(hour !== null && { valid_from: isoHour(FROM + hour * HOUR) }),
  })),
}));

/** Random ledgers; metrics and meters are named `<prefix>_<n>_total`. */
export const randomLedger: fc.Arbitrary<(prefix: string) => RandomLedger> = fc.noBias(
  fc
    .record({
      seed: fc.nat(),
      timezone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'),
      cards: fc.uniqueArray(cardSpec, { minLength: 2, maxLength: 8, selector: ({ hour }) => hour }),
      directories: fc.array(directory, { minLength: 1, maxLength: 3 }),
      chunks: fc.uniqueArray(fc.integer({ min: 1, max: HOURS - 1 }), { minLength: 1, maxLength: 6 }),
      again: fc.array(fc.tuple(fc.nat(HOURS - 1), fc.integer({ min: 1, max: 12 })), { maxLength: 3 }),
    })
    .map((spec) => (prefix) => {
      const next = noise(spec.seed);
      const meters = [0, 1, 2].map((number) => `${prefix}_${number}_total`);
      const named = (prices: Record<string, Card['prices'][string]>) =>
        Object.fromEntries(Object.entries(prices).map(([number, value]) => [meters[Number(number)] ?? '', value]));
      const all = spec.cards.map(({ hour, workspace, prices, draft, passes }, index) => {
        const head = { name: `card ${index}`, currency: 'USD', workspace, valid_from: isoHour(FROM + hour * HOUR) };
        return { card: { ...head, prices: named(prices) }, draft: draft && { ...head, prices: named(draft) }, passes };
      });
      const cards = all.filter(({ passes }) => !passes).map(({ card }) => card);
      const bounds = [0, ...[...spec.chunks].sort((a, b) => a - b), HOURS];
      const collections = [
        ...bounds.slice(1).map((end, index) => [bounds[index] ?? 0, end] as const),
        ...spec.again.map(([start, length]) => [start, Math.min(start + length, HOURS)] as const),
      ];
      // Each line is done in its order, at random places among the others.
      const lines: Step[][] = [
        ...collections.map(([start, end]): Step[] => [
          { do: 'collect', from: FROM + start * HOUR, to: FROM + end * HOUR },
        ]),
        ...all.map(({ card, draft, passes }): Step[] => [
          ...(draft ? [{ do: 'rates' as const, cards: [draft] }] : []),
          { do: 'rates', cards: [card] },
          ...(passes ? [{ do: 'delete' as const, card: card.name }] : []),
        ]),
        ...spec.directories.map((one): Step[] => [{ do: 'directory', directory: one }]),
      ];
      const steps = interleave(lines, next);
      // Whatever their places, the last directory is the one that stays.
      const last = steps.filter((step) => step.do === 'directory').at(-1);
      return {
        timezone: spec.timezone,
        from: FROM,
        to: FROM + HOURS * HOUR,
        meters,
        series: meters.flatMap((metric) =>
          TOPICS.flatMap((topic) =>
            ['alice', 'bob'].map((principal) => counter({ __name__: metric, topic, principal }, next)),
          ),
        ),
        cards,
        directory: last?.do === 'directory' ? last.directory : { rules: [] },
        steps,
      };
    }),
);

function interleave<T>(lines: T[][], next: () => number): T[] {
  return lines
    .flatMap((line) => {
      const places = line.map(() => next()).sort((a, b) => a - b);
      return line.map((item, index) => ({ item, place: places[index] ?? 0 }));
    })
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** A counter from before the range on; many hours without growth, some without samples. */
function counter(labels: Record<string, string>, next: () => number): SampleSeries {
  const samples: Sample[] = [];
  const fraction = next() < 0.3;
  const busy = next();
  let thousandths = 0;
  for (let half = -3; half <= HOURS * 2; half += 1) {
    if (half > 0 && next() < 0.05) {
      half += Math.floor(next() * 8);
    }
    if (next() < busy) {
      thousandths += fraction ? Math.floor(next() * 400_000) : Math.floor(next() * 400) * 1000;
    }
    samples.push([FROM + half * (HOUR / 2), String(thousandths / 1000)]);
  }
  return { labels, samples };
}
