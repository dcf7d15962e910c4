import type { z } from 'zod';
import type { CollectedHoursQuery } from '../../api/collections';
import { hourOf, isoHour, isOnHour, type Hour } from '../../domain/hours';
import type { Pool } from '../db/pool';
import type { Finding } from '../errors';
import { LONGEST_HOURS } from '../jobs/collected-hours';
import { storedMeters } from '../metering/stored-meters';
import { unknownMeter } from './explained-question';
import { invalidRequest } from './validate';

/** The hours of a meter that are asked for; throws INVALID_REQUEST with all that is wrong with them. */
export async function collectedHoursOf(
  pool: Pool,
  query: z.infer<typeof CollectedHoursQuery>,
): Promise<{ meterId: number; meter: string; from: Hour; to: Hour }> {
  const meters = await storedMeters(pool);
  const meter = meters.find(({ slug }) => slug === query.meter);
  const [from, to] = [Date.parse(query.from), Date.parse(query.to)];
  const findings: Finding[] = meter ? [] : [unknownMeter('meter', query.meter, meters)];
  for (const [path, at] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (!isOnHour(at)) {
      findings.push({
        path,
        message: `${new Date(at).toISOString()} is not on the hour; the hour it lies in is ${isoHour(hourOf(at))}`,
      });
    }
  }
  if (from >= to) {
    findings.push({ path: 'to', message: 'must be later than from: the range is half-open [from, to)' });
  }
  if (to - from > LONGEST_HOURS) {
    findings.push({ path: 'from', message: 'the range is longer than 100 days; ask for it in parts' });
  }
  if (!meter || findings.length > 0) {
    throw invalidRequest(findings);
  }
  return { meterId: meter.id, meter: meter.slug, from, to };
}
