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
  meters: string[];
  from: string;
  to: string;
  /** What the last attempt met, in the collector's words; absent for hours that are just not there. */
  failure?: { error: string; attempts: number; at: string };
}

/**
 * What is missing or failed, the newest first; meters that lack the same hours for the same reason together. Failed
 * hours that were never collected are told once, as failed.
 */
export function gapsOf({ meters }: Collections): Gap[] {
  const gaps = new Map<string, Gap>();
  for (const { meter, missing, failed } of meters) {
    for (const { from, to, error, attempts, at } of failed) {
      const key = JSON.stringify([from, to, error]);
      const known = gaps.get(key);
      const failure = {
        error,
        attempts: Math.max(attempts, known?.failure?.attempts ?? 0),
        at: known?.failure && known.failure.at > at ? known.failure.at : at,
      };
      gaps.set(key, { meters: [...(known?.meters ?? []), meter], from, to, failure });
    }
    for (const { from, to } of missing.filter(
      (gap) => !failed.some((one) => one.from <= gap.from && gap.to <= one.to),
    )) {
      const key = JSON.stringify([from, to]);
      gaps.set(key, { meters: [...(gaps.get(key)?.meters ?? []), meter], from, to });
    }
  }
  return [...gaps.values()].sort((a, b) => Date.parse(b.from) - Date.parse(a.from));
}

/** Missing and failed hours, each with the way to fill it. Nothing when there are none. */
export function Gaps({ collections, onFill }: Props) {
  const { timezone } = useBilling();
  const [all, setAll] = useState(false);
  const gaps = gapsOf(collections);
  const names = (lacking: string[]) =>
    lacking.length === collections.meters.length ? 'All meters' : lacking.map(meterName).join(', ');
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
          { title: 'Meters' },
          { title: 'Hours', tight: true },
          { title: 'What happened' },
          ...(onFill ? [{ title: 'Fill', tight: true }] : []),
        ]}
        rows={gaps.slice(0, all ? undefined : SHOWN).map(({ meters: lacking, from, to, failure }) => ({
          key: `${lacking.join()} ${from} ${failure?.error}`,
          cells: [
            names(lacking),
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
                    aria-label={`Fill the gap of ${names(lacking)} from ${formatInstant(from, timezone)}`}
                    onClick={() => onFill({ from, to, meters: lacking })}
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
