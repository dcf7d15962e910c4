import type { z } from 'zod';
import type { CollectedHours, Job, MeterCollection } from '../../api/collections';
import type { Identity } from './identity';

/**
 * Collection runs are for all workspaces at once: whoever does not see all of them is told how far each meter is, but neither
 * how much there was (which would tell that others use something) nor why an hour failed (which can name their series).
 */
const seesAll = ({ workspaces }: Identity) => workspaces === null;

const reason = (identity: Identity, error: string) =>
  seesAll(identity) ? error : 'The reason is told to those who may see all workspaces.';

/** What `identity` may know of how far a meter is collected. */
export function visibleMeter(identity: Identity, meter: MeterCollection): MeterCollection {
  return {
    ...meter,
    failed: meter.failed.map((hours) => ({ ...hours, error: reason(identity, hours.error) })),
    ...(!seesAll(identity) && {
      not_counted: null,
      last_run: meter.last_run && { ...meter.last_run, series: null, samples: null },
    }),
  };
}

/** What `identity` may know of a collected hour. */
export function visibleHour(
  identity: Identity,
  hour: z.infer<typeof CollectedHours>['hours'][number],
): z.infer<typeof CollectedHours>['hours'][number] {
  return {
    ...hour,
    error: hour.error && reason(identity, hour.error),
    ...(!seesAll(identity) && { series: null, samples: null, coverage: null }),
  };
}

/** What `identity` may know of a collection that was asked for. */
export function visibleJob(identity: Identity, { error, ...job }: Job): Job {
  return { ...job, ...(error !== undefined && { error: reason(identity, error) }) };
}
