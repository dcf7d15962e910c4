import { Alert } from '@grafana/ui';
import type { Collections } from '../../../../api/collections';
import { useBilling } from '../../../billing/use-billing';
import { meterName } from '../../../format/names';
import { formatAge, formatInstant } from '../../../format/time';

/** An hour is collected minutes after it ends; that it is not there after this long is not how it should be. */
const LATE = 3 * 3_600_000;

/** The meters whose complete hours end earlier than they should at `now` (ms). */
export function metersBehind({ meters }: Collections, now: number): string[] {
  return meters
    .filter(({ watermark }) => watermark === null || now - Date.parse(watermark) > LATE)
    .map(({ meter }) => meter);
}

/** Says at the top that at `asOf` (ms) hours which should be there are not, since when, and of which meters. */
export function CollectorBehind({ collections, asOf }: { collections: Collections; asOf: number }) {
  const { timezone } = useBilling();
  const behind = metersBehind(collections, asOf);
  if (behind.length === 0) {
    return null;
  }
  const { watermark, meters } = collections;
  const without = meters.filter((meter) => meter.watermark === null).map(({ meter }) => meterName(meter));
  return (
    <Alert
      severity="warning"
      title={watermark === null ? 'Nothing is complete yet' : 'The collector is behind'}
      bottomSpacing={0}
    >
      {watermark !== null &&
        `${without.length > 0 ? 'What was collected at all' : 'Every meter'} is complete through ${formatInstant(watermark, timezone)} (${formatAge(watermark)}). `}
      {without.length > 0 && `Without a complete hour: ${without.join(', ')}. `}
      {without.length === 0 && behind.length < meters.length && `Behind: ${behind.map(meterName).join(', ')}. `}
      Missing hours are filled in by themselves while Prometheus still has them. Failed hours below say what hinders
      them.
    </Alert>
  );
}
