import { Alert, RadioButtonGroup, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import type { Preview } from '../../../../api/rate-cards';
import { exactMoney, formatDifference } from '../../../format/money';
import { formatInstant } from '../../../format/time';
import { ChangedBills } from './ChangedBills';
import { ChangedCharges } from './ChangedCharges';
import { isLargeChange, LARGE_CHANGE } from './large-changes';

/** Who would pay what if the card were saved, the greatest change first. */
export function PreviewEffect({ preview, timeZone }: { preview: Preview; timeZone: string }) {
  const [by, setBy] = useState<'bill' | 'charge'>('bill');
  const from = formatInstant(preview.from, timeZone);
  if (preview.rows.length === 0) {
    return (
      <Alert severity="info" title="Nothing that is metered so far would cost more or less" bottomSpacing={0}>
        The card would apply to usage from {from} ({timeZone}) on.
      </Alert>
    );
  }
  const large = preview.bills.filter(isLargeChange).length;
  return (
    <Stack direction="column" gap={1.5}>
      <Text element="h3" variant="h5">
        {`What would change in open months, from ${from} (${timeZone})`}
      </Text>
      {large > 0 && (
        <Alert
          severity="warning"
          title={`${large === 1 ? '1 bill changes' : `${large} bills change`} ${LARGE_CHANGE}`}
          bottomSpacing={0}
        />
      )}
      <Stack justifyContent="space-between" alignItems="center" wrap="wrap" gap={2}>
        <Stack gap={3} wrap="wrap">
          {preview.totals.map(({ currency, difference }) => (
            <div key={currency}>
              <Text color="secondary">Total change </Text>
              <span title={exactMoney(difference, currency)} style={{ fontVariantNumeric: 'tabular-nums' }}>
                <Text weight="bold">{`${formatDifference(difference, currency)} ${currency}`}</Text>
              </span>
            </div>
          ))}
        </Stack>
        <RadioButtonGroup
          size="sm"
          aria-label="Show the effect by"
          options={[
            { label: 'Whole bills', value: 'bill' },
            { label: 'By charge type', value: 'charge' },
          ]}
          value={by}
          onChange={setBy}
        />
      </Stack>
      {by === 'bill' ? (
        <ChangedBills bills={preview.bills} from={formatInstant(preview.bills_from, timeZone)} />
      ) : (
        <ChangedCharges preview={preview} />
      )}
    </Stack>
  );
}
