import { z } from 'zod';
import { meterName } from '../../format/names';
import { formatRange } from '../../format/time';
import type { Difference } from './rate-card-differences';

const Collection = z.object({ from: z.string(), to: z.string(), meters: z.array(z.string()) });

/** What was collected again: the hours and the meters; undefined when it is not told in the form known here. */
export function collectionInWords(
  after: unknown,
  timeZone: string,
): { detail: string; differences: Difference[] } | undefined {
  const asked = Collection.safeParse(after).data;
  return (
    asked && {
      detail: formatRange(asked.from, asked.to, timeZone),
      differences: [{ label: 'Meters', before: [], after: asked.meters.map(meterName) }],
    }
  );
}
