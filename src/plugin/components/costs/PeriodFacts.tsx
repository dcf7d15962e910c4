import { Badge, Stack, Text } from '@grafana/ui';
import Skeleton from 'react-loading-skeleton';
import type { ChargebackSummary } from '../../../api/chargeback';
import { formatAge, formatInstant, formatRange } from '../../format/time';

interface Props {
  /** Absent while it is loading. */
  summary: Pick<ChargebackSummary, 'period' | 'watermark'> | undefined;
}

/** What must be known to trust the figures: which hours they cover, up to when, and whether they can still change. */
export function PeriodFacts({ summary }: Props) {
  if (!summary) {
    return <Skeleton width={420} height={20} />;
  }
  const { period, watermark } = summary;
  const complete = watermark !== null && Date.parse(watermark) >= Date.parse(period.end);
  return (
    <Stack columnGap={2} rowGap={0.5} alignItems="center" wrap="wrap">
      <Text color="secondary">
        {formatRange(period.start, period.end, period.timezone)} ({period.timezone})
      </Text>
      <Text color="secondary">
        {watermark === null
          ? 'No complete hour yet'
          : complete
            ? 'All hours are in'
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
