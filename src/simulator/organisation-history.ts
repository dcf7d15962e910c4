import type { Family } from './family';
import { familiesOf } from './metrics';
import { GATEWAYS, instanceOf, JOB, type Gateway } from './organisation';
import { scrapesBetween, type Pace, type Scrape } from './scrapes';

/** What Prometheus would hold of one series: instants (ms) and values, both as they are to be read back. */
export interface SeriesHistory {
  name: string;
  labels: Record<string, string>;
  samples: Array<{ at: number; value: string }>;
}

/** The series of one metric family; `name` and `type` as in the family's `# TYPE` line. */
export interface FamilyHistory {
  name: string;
  type: Family['type'];
  help: string;
  series: Iterable<SeriesHistory>;
}

/**
 * The organisation's past as Prometheus would have scraped it. Ask for stretches of time in ascending order: the
 * counters keep their place.
 */
export class OrganisationHistory {
  private readonly gateways: Array<{ gateway: Gateway; families: Family[] }>;

  /** `start`: the instant (ms) from which the organisation's days count. */
  constructor(start: number) {
    this.gateways = GATEWAYS.map((gateway) => ({ gateway, families: familiesOf(gateway, start) }));
  }

  /** Every family with its samples in (from, to] (ms), scraped at `paces`; `until` is the end of the whole history. */
  *between(from: number, to: number, paces: Pace[], until = to): Generator<FamilyHistory> {
    const targets = this.gateways.map(({ gateway, families }) => {
      const target = { job: JOB, instance: instanceOf(gateway) };
      return { target, families, scrapes: scrapesBetween(gateway, from, to, paces, until) };
    });
    yield {
      name: 'up',
      type: 'gauge',
      help: 'Whether the last scrape succeeded.',
      series: targets.map(({ target, scrapes }) => ({
        name: 'up',
        labels: target,
        samples: scrapes.map(({ at, up }) => ({ at, value: up ? '1' : '0' })),
      })),
    };
    for (const [index, family] of (targets[0]?.families ?? []).entries()) {
      const since = family.backfill === undefined ? -Infinity : until - family.backfill;
      const parts = targets.map(({ target, families, scrapes }) => ({
        target,
        family: families[index],
        scrapes: scrapes.filter(({ at, up }) => up && at > since),
      }));
      yield { name: family.name, type: family.type, help: family.help, series: seriesOf(parts) };
    }
  }
}

function* seriesOf(
  parts: Array<{ target: Record<string, string>; family: Family | undefined; scrapes: Scrape[] }>,
): Generator<SeriesHistory> {
  for (const { target, family, scrapes } of parts) {
    for (const series of family?.series ?? []) {
      const samples: SeriesHistory['samples'] = [];
      for (const { at } of scrapes) {
        const value = series.at(at);
        if (value !== null) {
          samples.push({ at, value });
        }
      }
      yield { name: `${family?.name}${series.suffix}`, labels: { ...series.labels, ...target }, samples };
    }
  }
}
