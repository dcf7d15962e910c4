import { Badge, Stack, Text } from '@grafana/ui';
import type { Chargeback } from '../../../api/chargeback';
import { formatAge, formatDays, formatInstant } from '../../format/time';

/** What must be known to trust the figures: which days they cover, up to when, and whether they can still change. */
export function PeriodFacts({ chargeback }: { chargeback: Chargeback }) {
  const { period, watermark } = chargeback;
  const complete = watermark !== null && Date.parse(watermark) >= Date.parse(period.end);
  return (
    <Stack gap={2} alignItems="center" wrap="wrap">
      <Text color="secondary">
        {formatDays(period.start, period.end, period.timezone)} ({period.timezone})
      </Text>
      <Text color="secondary">
        {watermark === null
          ? 'No complete hour yet'
          : complete
            ? 'All hours of the month are in'
            : `Data through ${formatInstant(watermark, period.timezone)} (${formatAge(watermark)})`}
      </Text>
      {period.status === 'closed' ? (
        <Badge text="Closed" color="blue" icon="lock" tooltip="These figures are final: the month is closed." />
      ) : (
        <Badge
          text="Open"
          color="green"
          icon="unlock"
          tooltip="These figures can still change: the month is not closed."
        />
      )}
    </Stack>
  );
}
