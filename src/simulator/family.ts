/** A series of a gateway; `at` gives its value at an instant (ms) as a decimal, or null while it does not exist yet. */
export interface Series {
  suffix: string;
  labels: Record<string, string>;
  at(at: number): string | null;
}

/** A metric family as a gateway exposes it; a counter's `name` comes without `_total`. */
export interface Family {
  name: string;
  type: 'counter' | 'gauge' | 'histogram';
  help: string;
  /** How far back a backfill reaches; absent: as far as it is asked to. */
  backfill?: number;
  series: Series[];
}
