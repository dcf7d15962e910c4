import { Badge, Stack, Text } from '@grafana/ui';
import Skeleton from 'react-loading-skeleton';
import type { ChargebackSummary } from '../../../api/chargeback';
import { confidenceLevel } from '../../format/confidence';
import { formatAge, formatInstant, formatRange } from '../../format/time';

interface Props {
  /** Absent while it is loading. */
  summary: Pick<ChargebackSummary, 'period' | 'watermark' | 'confidence'> | undefined;
}

/** What must be known to trust the figures: which hours they cover, up to when, and whether they can still change. */
export function PeriodFacts({ summary }: Props) {
  if (!summary) {
    return <Skeleton width={420} height={20} />;
  }
  const { period, watermark, confidence } = summary;
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
      <span title={`Confidence ${confidence}: 1 when every hour was read in full, nothing was estimated`}>
        <Text color="secondary">Confidence {confidenceLevel(confidence)}</Text>
      </span>
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
