import { Drawer, Stack } from '@grafana/ui';
import { useCallback, useMemo } from 'react';
import { useNavigate } from 'react-router-dom';
import { NEVER } from 'rxjs';
import type { ChargebackScope } from '../../data/chargeback';
import { getExplainedDays, getExplainedHours, getExplainedReadings } from '../../data/explanations';
import { useResource } from '../../data/use-resource';
import { formatDays, formatInstant } from '../../format/time';
import { meterName } from '../../format/names';
import { DayLevel } from './DayLevel';
import { formatDay, formatHourSpan } from './format-hour';
import { HourLevel } from './HourLevel';
import { hoursWithin } from './hours-within';
import { Level } from './Level';
import { MeterLevel } from './MeterLevel';
import { getScopeMeters, type ScopeMeters } from './meters-of-scope';
import { READINGS_PER_PAGE, ReadingLevel } from './ReadingLevel';
import { Trail } from './Trail';
import { useReturnFocus } from './use-return-focus';
import { useWhy } from './use-why';

interface Props {
  /** The line's hours, currency and filters. */
  scope: ChargebackScope;
  /** What is explained: `payments / checkout`. */
  title: string;
  onClose: () => void;
}

/**
 * Why an amount is what it is: its meters, price × usage by day, the hours of a day, the readings of an hour. How far it is
 * opened stands in the address (see useWhy; whoever opens or closes it takes that out with clearWhy).
 */
export function Explanation({ scope, title, onClose }: Props) {
  useReturnFocus();
  const { place, linkTo } = useWhy();
  const { meter, day, hour, page = 1 } = place;
  const navigate = useNavigate();
  // A scope with the same content is the same question, whichever object says it.
  const asked = JSON.stringify(scope);
  const { range, filters } = useMemo(() => {
    const { period, from_ts, to_ts, ...rest } = JSON.parse(asked) as ChargebackScope;
    return { range: { period, from_ts, to_ts }, filters: rest };
  }, [asked]);

  // All levels are asked for at once: an address from a colleague opens in one go, and each level is proved by the one above.
  const meters = useResource(useCallback(() => getScopeMeters({ ...range, ...filters }), [range, filters]));
  const days = useResource(
    useCallback(
      () => (meter === undefined ? NEVER : getExplainedDays({ ...range, ...filters, charge_type: meter })),
      [range, filters, meter],
    ),
  );
  const hours = useResource(
    useCallback(
      () =>
        meter === undefined || day === undefined ? NEVER : getExplainedHours({ ...filters, charge_type: meter, day }),
      [filters, meter, day],
    ),
  );
  const readings = useResource(
    useCallback(
      () =>
        meter === undefined || hour === undefined
          ? NEVER
          : getExplainedReadings({
              ...filters,
              charge_type: meter,
              hour,
              limit: READINGS_PER_PAGE,
              offset: (page - 1) * READINGS_PER_PAGE,
            }),
      [filters, meter, hour, page],
    ),
  );

  const reloadAll = () => [meters, days, hours, readings].forEach(({ reload }) => reload());
  const timezone = days.state === 'loaded' ? days.value.timezone : undefined;
  const above =
    meters.state === 'loaded'
      ? meters.value.meters.find(({ charge_type, cost }) => charge_type === meter && cost !== null)?.cost
      : undefined;
  const steps = [
    { title: 'Meters', href: linkTo({}) },
    ...(meter === undefined ? [] : [{ title: meterName(meter), href: linkTo({ meter }) }]),
    ...(day === undefined ? [] : [{ title: formatDay(day), href: linkTo({ meter, day }) }]),
    ...(hour === undefined
      ? []
      : [
          {
            title: timezone === undefined ? 'Hour' : formatHourSpan(hour, timezone),
            href: linkTo({ meter, day, hour }),
          },
        ]),
  ];

  return (
    <Drawer
      size="lg"
      title={`Why this amount: ${title}`}
      subtitle={meters.state === 'loaded' ? hoursOf(meters.value.period) : undefined}
      onClose={onClose}
    >
      <Stack direction="column" gap={2}>
        <Trail steps={steps} />
        {meter === undefined ? (
          <Level name="The meters of this line" place="meters" of={[meters]}>
            {([value]) => (
              <MeterLevel value={value} hrefOf={(chosen) => linkTo({ meter: chosen })} onReload={reloadAll} />
            )}
          </Level>
        ) : day === undefined ? (
          <Level name="The days of this meter" place={meter} of={[days]}>
            {([value]) => (
              <DayLevel
                value={value}
                above={above ?? undefined}
                hrefOf={(chosen) => linkTo({ meter, day: chosen })}
                onReload={reloadAll}
              />
            )}
          </Level>
        ) : hour === undefined ? (
          <Level name="The hours of this day" place={day} of={[days, hours]}>
            {([ofMeter, value]) => (
              <HourLevel
                value={hoursWithin(value, range)}
                days={ofMeter}
                day={day}
                hrefOf={(chosen) => linkTo({ meter, day, hour: chosen })}
                onReload={reloadAll}
              />
            )}
          </Level>
        ) : (
          <Level name="The readings of this hour" place={`${hour} ${page}`} of={[days, hours, readings]}>
            {([ofMeter, ofDay, value]) => (
              <ReadingLevel
                value={value}
                days={ofMeter}
                hours={ofDay}
                page={page}
                onPage={(next) => navigate(linkTo({ meter, day, hour, page: next }))}
                onReload={reloadAll}
              />
            )}
          </Level>
        )}
      </Stack>
    </Drawer>
  );
}

/** The hours that a line is about: as days when they are whole days. */
function hoursOf({ start, end, timezone }: ScopeMeters['period']): string {
  const midnight = (instant: string) => formatInstant(instant, timezone).endsWith('00:00');
  const days = midnight(start) && midnight(end);
  const text = days
    ? formatDays(start, end, timezone)
    : `${formatInstant(start, timezone)} to ${formatInstant(end, timezone)}`;
  return `${text} (${timezone})`;
}
