import { Button, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import type { Collections } from '../../../../api/collections';
import { HOUR } from '../../../../domain/hours';
import { useBilling } from '../../../billing/use-billing';
import { PlainTable } from '../../../components/PlainTable';
import { meterName } from '../../../format/names';
import { exactQuantity } from '../../../format/quantity';
import { formatAge, formatInstant } from '../../../format/time';
import type { BackfillRange } from './BackfillForm';

const SHOWN = 10;

interface Props {
  collections: Collections;
  /** Absent for those who only read. */
  onFill: ((range: BackfillRange) => void) | undefined;
}

interface Gap {
  meter: string;
  from: string;
  to: string;
  /** What its last attempt met, in the collector's words; absent for hours that are just not there. */
  failure?: { error: string; attempts: number; at: string };
}

/** What is missing or failed, the newest first; failed hours that were never collected are told once, as failed. */
export function gapsOf({ meters }: Collections): Gap[] {
  return meters
    .flatMap(({ meter, missing, failed }): Gap[] => [
      ...failed.map(({ from, to, error, attempts, at }) => ({ meter, from, to, failure: { error, attempts, at } })),
      ...missing
        .filter((gap) => !failed.some(({ from, to }) => from <= gap.from && gap.to <= to))
        .map(({ from, to }) => ({ meter, from, to })),
    ])
    .sort((a, b) => Date.parse(b.from) - Date.parse(a.from) || a.meter.localeCompare(b.meter));
}

/** Missing and failed hours, each with the way to fill it. Nothing when there are none. */
export function Gaps({ collections, onFill }: Props) {
  const { timezone } = useBilling();
  const [all, setAll] = useState(false);
  const gaps = gapsOf(collections);
  if (gaps.length === 0) {
    return null;
  }
  return (
    <Stack direction="column" gap={1}>
      <Text element="h2" variant="h4">
        Missing and failed hours
      </Text>
      <PlainTable
        caption="Missing and failed hours, the newest first"
        columns={[
          { title: 'Meter' },
          { title: 'Hours', tight: true },
          { title: 'What happened' },
          ...(onFill ? [{ title: 'Fill', tight: true }] : []),
        ]}
        rows={gaps.slice(0, all ? undefined : SHOWN).map(({ meter, from, to, failure }) => ({
          key: `${meter} ${from} ${failure ? 'failed' : 'missing'}`,
          cells: [
            meterName(meter),
            <Stack key="hours" direction="column" gap={0.5}>
              <span>
                {formatInstant(from, timezone)} to {formatInstant(to, timezone)}
              </span>
              <Text variant="bodySmall" color="secondary">
                {exactQuantity(String((Date.parse(to) - Date.parse(from)) / HOUR), 'hour')}
              </Text>
            </Stack>,
            failure ? (
              <Stack key="failure" direction="column" gap={0.5}>
                <Text color="error">{failure.error}</Text>
                <Text variant="bodySmall" color="secondary">
                  {exactQuantity(String(failure.attempts), 'attempt')}, the last {formatAge(failure.at)}
                </Text>
              </Stack>
            ) : (
              'Not collected'
            ),
            ...(onFill
              ? [
                  <Button
                    key="fill"
                    size="sm"
                    variant="secondary"
                    aria-label={`Fill the gap of ${meterName(meter)} from ${formatInstant(from, timezone)}`}
                    onClick={() => onFill({ from, to, meters: [meter] })}
                  >
                    Fill the gap
                  </Button>,
                ]
              : []),
          ],
        }))}
      />
      {!all && gaps.length > SHOWN && (
        <div>
          <Button variant="secondary" fill="text" onClick={() => setAll(true)}>
            Show all {gaps.length}
          </Button>
        </div>
      )}
    </Stack>
  );
}
