import { HOUR, type Hour } from '../domain/hours';
import { hourlyCounter } from './hourly-counter';
import { createLedger, type TestLedger } from './ledger';
import { ledgerFacts } from './ledger-facts';
import { startPrometheus } from './prometheus-server';
import { runChargeback, type ChargebackRun } from './run-chargeback';
import type { Sample } from './sample-set';

/** The three hours that the ledger below is about. */
export const START: Hour = Date.parse('2026-03-10T08:00:00Z');
export const END: Hour = START + 3 * HOUR;
/** Labels that are hard to keep whole. */
export const LONG = 'x'.repeat(10_000);
export const NEWLINES = 'first line\nsecond "quoted" \\ line\ttab';

/** A ledger with good and bad metrics, and a program that is expected to refuse. */
export interface BadInputLedger {
  ledger: TestLedger;
  prometheusUrl: string;
  /**
   * Runs the program and expects it to refuse: the exit code, every text in what it says, no stack of the program, and
   * nothing changed.
   */
  refused(
    args: string[],
    code: number,
    texts: Array<string | RegExp>,
    environment?: Record<string, string>,
  ): Promise<ChargebackRun>;
  /** Names of the rate cards that are stored. */
  cards(): Promise<string[]>;
  stop(): Promise<void>;
}

/** `collect --from … --to …` */
export const collectArguments = (from: string, to: string, ...more: string[]) => [
  'collect',
  '--from',
  from,
  '--to',
  to,
  ...more,
];

const counter = (name: string, ...samples: Sample[]) => ({ labels: { __name__: name, topic: 't' }, samples });
const at = (hours: number, value: string): Sample => [START + hours * HOUR, value];

/** Meters bytes (good, collected and priced), odd (labels as above), nan, inf and negative. */
export async function badInputLedger(): Promise<BadInputLedger> {
  const prometheus = await startPrometheus([
    hourlyCounter({ __name__: 'bytes_total', topic: 'orders' }, START, [1, 2, 3]),
    hourlyCounter({ __name__: 'odd_total', topic: NEWLINES }, START, [10, 20, 30]),
    hourlyCounter({ __name__: 'odd_total', topic: LONG }, START, [1, 2, 3]),
    counter('nan_total', at(-0.5, '1'), at(0.5, '5'), at(1.5, 'NaN'), at(2.5, '9')),
    counter('inf_total', at(-0.5, '1'), at(0.5, '5'), at(1.5, '+Inf'), at(2.5, '9')),
    counter('negative_total', at(-0.5, '-5'), at(0.5, '-1'), at(1.5, '-7'), at(2.5, '-2')),
  ]);
  const ledger = await createLedger({
    prometheusUrl: prometheus.url,
    meters: ['bytes', 'odd', 'nan', 'inf', 'negative'].map((slug) => ({
      slug,
      unit: 'byte',
      counter: `${slug}_total`,
      dimensions: { topic: 'topic' },
    })),
    rates: {
      rate_cards: [
        { name: 'base', valid_from: '2026-01-01', prices: { bytes: { unit_price: '1' }, odd: { unit_price: '1' } } },
      ],
    },
  });
  await ledger.collect(START, END, 'bytes');
  return {
    ledger,
    prometheusUrl: prometheus.url,
    async refused(args, code, texts, environment = {}) {
      const before = await ledgerFacts(ledger.database.pool);
      const run = await runChargeback(args, { ...ledger.environment, ...environment });
      for (const text of texts) {
        if (text instanceof RegExp) {
          expect(run.stderr).toMatch(text);
        } else {
          expect(run.stderr).toContain(text);
        }
      }
      expect(run.stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
      expect(run.code).toBe(code);
      expect(await ledgerFacts(ledger.database.pool)).toEqual(before);
      return run;
    },
    async cards() {
      const { rows } = await ledger.database.pool.query<{ name: string }>(
        'select name from chargeback_data.rate_card order by 1',
      );
      return rows.map(({ name }) => name);
    },
    async stop() {
      await ledger.drop();
      await prometheus.stop();
    },
  };
}
