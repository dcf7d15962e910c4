import { Alert, TextLink } from '@grafana/ui';
import { useState } from 'react';
import type { ChargebackSummary } from '../../../api/chargeback';
import { seesEverything, useBilling } from '../../billing/use-billing';
import { formatAge, formatInstant } from '../../format/time';
import { PAGES } from '../../plugin-id';

/** An hour is collected minutes after it ends; that it is not there after this long is not how it should be. */
const LATE = 3 * 3_600_000;

/** Since when hours are missing that should be in the figures; nothing when none is. */
export function behindSince(
  { period, watermark }: Pick<ChargebackSummary, 'period' | 'watermark'>,
  now: number,
): string | undefined {
  const due = Math.min(Date.parse(period.end), now);
  const from = Date.parse(period.start);
  return watermark !== null && due > from && Date.parse(watermark) < due && now - Date.parse(watermark) > LATE
    ? watermark
    : undefined;
}

/** Says that the figures end earlier than they should. */
export function BehindNotice({ summary }: { summary: Pick<ChargebackSummary, 'period' | 'watermark'> }) {
  const everything = seesEverything(useBilling());
  const [now] = useState(() => Date.now());
  const since = behindSince(summary, now);
  if (since === undefined) {
    return null;
  }
  return (
    <Alert severity="warning" title="The figures are behind" bottomSpacing={0}>
      The collector is complete through {formatInstant(since, summary.period.timezone)} ({formatAge(since)}). Hours
      after that are not in the figures yet; they are filled in by themselves when it catches up.{' '}
      {everything && (
        <TextLink href={PAGES.collection} inline>
          See what was collected
        </TextLink>
      )}
    </Alert>
  );
}
