import { dateTimeForTimeZone } from '@grafana/data';
import { Button, Combobox, Label, Stack, Text, useStyles2 } from '@grafana/ui';
import { useCallback, useState } from 'react';
import Skeleton from 'react-loading-skeleton';
import type { MeterCollection } from './meter-collection';
import { HOUR } from '../../../../domain/hours';
import { useBilling } from '../../../billing/use-billing';
import { LoadingRegion } from '../../../components/LoadingRegion';
import { RequestProblem } from '../../../components/RequestProblem';
import { PeriodPicker } from '../../../components/costs/PeriodPicker';
import { getCollectedHours } from '../../../data/collections';
import { useResource } from '../../../data/use-resource';
import { meterName } from '../../../format/names';
import { periodLabel, shiftPeriod } from '../../../format/period';
import type { BackfillRange } from './BackfillForm';
import { HourGrid } from './HourGrid';
import { HourLegend } from './HourLegend';
import type { CollectedHour } from './hour-grid';
import { getGridStyles } from './hour-styles';
import { hourWords } from './hour-words';
import type { CollectionQueryControl } from './use-collection-query';

interface Props {
  meter: MeterCollection;
  meters: MeterCollection[];
  /** How many backfills ended meanwhile: each may have filled hours. */
  finished: number;
  query: CollectionQueryControl;
  onFill: ((range: BackfillRange) => void) | undefined;
}

const ROW_HEIGHT = 22;

/** The hours of a month that begin before tomorrow, in the billing time zone; half-open, ISO 8601. */
function hoursOf(period: string, timeZone: string): { from: string; to: string; days: number } {
  const start = dateTimeForTimeZone(timeZone, `${period}-01`).valueOf();
  const end = dateTimeForTimeZone(timeZone, `${shiftPeriod(period, 1)}-01`).valueOf();
  const tomorrow = dateTimeForTimeZone(timeZone).startOf('day').add(1, 'd').valueOf();
  const whole = (at: number) => Math.ceil(at / HOUR) * HOUR;
  const [from, to] = [whole(start), whole(start < tomorrow ? Math.min(end, tomorrow) : end)];
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    days: Math.round((to - from) / HOUR / 24),
  };
}

/** A month of a meter, hour by hour, and what is known of the hour one looks at. */
export function Hours({ meter: { meter }, meters, finished, query, onFill }: Props) {
  const { timezone } = useBilling();
  const { period, set } = query;
  const { days } = hoursOf(period, timezone);
  return (
    <Stack direction="column" gap={1}>
      <Text element="h2" variant="h4">
        Hours
      </Text>
      <Stack gap={2} wrap="wrap" alignItems="center">
        <Stack gap={1} alignItems="center">
          <Label htmlFor="hours-meter">Meter</Label>
          <Combobox
            id="hours-meter"
            width={36}
            value={meter}
            options={meters.map(({ meter: value }) => ({ value, label: meterName(value) }))}
            onChange={({ value }) => set({ meter: value })}
          />
        </Stack>
        <PeriodPicker period={period} onChange={(next) => set({ period: next })} />
        <Text color="secondary">Days of {timezone}</Text>
      </Stack>
      <HourLegend />
      <MonthOfHours key={`${meter} ${period} ${finished}`} meter={meter} period={period} days={days} onFill={onFill} />
    </Stack>
  );
}

function MonthOfHours({
  meter,
  period,
  days,
  onFill,
}: {
  meter: string;
  period: string;
  days: number;
  onFill: ((range: BackfillRange) => void) | undefined;
}) {
  const { timezone } = useBilling();
  const styles = useStyles2(getGridStyles);
  const [looked, setLooked] = useState<CollectedHour>();
  const load = useCallback(() => {
    const { from, to } = hoursOf(period, timezone);
    return getCollectedHours({ meter, from, to });
  }, [meter, period, timezone]);
  const hours = useResource(load);
  if (hours.state === 'failed') {
    return <RequestProblem what="The hours" error={hours.error} onRetry={hours.reload} />;
  }
  if (hours.state === 'loading') {
    return (
      <LoadingRegion label="Loading the hours…">
        <Skeleton height={90 + days * ROW_HEIGHT} />
      </LoadingRegion>
    );
  }
  const fillable = looked && (looked.state === 'missing' || looked.state === 'failed' || looked.state === 'collected');
  return (
    <>
      <HourGrid
        caption={`${meterName(meter)} in ${periodLabel(period)}, hour by hour`}
        hours={hours.value.hours}
        timeZone={timezone}
        onLook={setLooked}
      />
      <div className={styles.details}>
        {looked ? (
          <Stack direction="column" gap={0.5}>
            <Stack gap={1} alignItems="center" wrap="wrap">
              <Text>{hourWords(looked, timezone)}</Text>
              {fillable && onFill && (
                <Button
                  size="sm"
                  variant="secondary"
                  onClick={() =>
                    onFill({
                      from: looked.hour,
                      to: new Date(Date.parse(looked.hour) + HOUR).toISOString(),
                      meters: [meter],
                    })
                  }
                >
                  {looked.state === 'collected' ? 'Collect this hour again' : 'Fill the gap'}
                </Button>
              )}
            </Stack>
            {looked.error !== null && <Text color="error">{looked.error}</Text>}
          </Stack>
        ) : (
          <Text color="secondary">
            Point at an hour, or go to it with Tab and the arrow keys, to see what is known of it.
          </Text>
        )}
      </div>
    </>
  );
}
