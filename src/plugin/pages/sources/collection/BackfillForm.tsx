import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, ConfirmModal, Field, MultiCombobox, Stack, Text, useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import { HOUR } from '../../../../domain/hours';
import { useBilling } from '../../../billing/use-billing';
import { RangePicker } from '../../../components/costs/RangePicker';
import { requestCollection } from '../../../data/collections';
import { useSend } from '../../../data/use-send';
import { meterName } from '../../../format/names';
import { exactQuantity } from '../../../format/quantity';
import { formatInstant } from '../../../format/time';

/** Hours to be collected, half-open, ISO 8601; of all meters when none is named. */
export interface BackfillRange {
  from: string;
  to: string;
  meters: string[];
}

interface Props {
  /** What a gap or a failed backfill fills in. */
  start: BackfillRange | undefined;
  meters: string[];
  onAsked: (job: string) => void;
}

/** The 24 whole hours before now. */
function lastDay(): BackfillRange {
  const to = Math.floor(Date.now() / HOUR) * HOUR;
  return { from: new Date(to - 24 * HOUR).toISOString(), to: new Date(to).toISOString(), meters: [] };
}

/** Asks for hours to be read from Prometheus, after telling what that does. */
export function BackfillForm({ start, meters, onAsked }: Props) {
  const { timezone } = useBilling();
  const styles = useStyles2(getStyles);
  const [range, setRange] = useState(() => start ?? lastDay());
  const [confirming, setConfirming] = useState(false);
  const { state, send, reset } = useSend<string>();
  const hours = (Date.parse(range.to) - Date.parse(range.from)) / HOUR;
  const chosen = range.meters.length === 0 ? meters.length : range.meters.length;
  const change = (next: Partial<BackfillRange>) => {
    reset();
    setRange({ ...range, ...next });
  };
  const ask = () => {
    setConfirming(false);
    const { from, to } = range;
    send(requestCollection(range.meters.length === 0 ? { from, to } : range), onAsked);
  };
  return (
    <Stack direction="column" gap={1}>
      <Stack gap={2} wrap="wrap" alignItems="flex-end">
        <Field label={`Hours, in ${timezone}`} description="Whole hours; the end is not included" noMargin>
          <div className={styles.range}>
            <RangePicker
              range={{ from_ts: range.from, to_ts: range.to }}
              onChange={({ from_ts, to_ts }) => change({ from: from_ts, to: to_ts })}
            />
          </div>
        </Field>
        <Field label="Meters" noMargin htmlFor="backfill-meters">
          <MultiCombobox
            id="backfill-meters"
            width={50}
            placeholder="All meters"
            options={meters.map((value) => ({ value, label: meterName(value) }))}
            value={range.meters}
            onChange={(options) => change({ meters: options.map(({ value }) => value) })}
          />
        </Field>
        <Button
          icon={state.state === 'sending' ? 'spinner' : 'sync'}
          disabled={state.state === 'sending'}
          onClick={() => setConfirming(true)}
        >
          Collect these hours
        </Button>
      </Stack>
      {state.state === 'failed' && (
        <Alert severity="error" title={state.error.title} bottomSpacing={0}>
          <Stack direction="column" gap={1}>
            <span>{state.error.message}</span>
            {(state.error.problems ?? []).map(({ path, message }) => (
              <span key={path}>
                {path}: {message}
              </span>
            ))}
            <div>
              <Button variant="secondary" icon="sync" onClick={ask}>
                Try again
              </Button>
            </div>
          </Stack>
        </Alert>
      )}
      <ConfirmModal
        isOpen={confirming}
        title="Collect these hours"
        confirmVariant="primary"
        confirmText="Collect"
        body={
          <Stack direction="column" gap={2}>
            <Text>
              {`${exactQuantity(String(hours), 'hour')} of ${exactQuantity(String(chosen), 'meter')}, from ${formatInstant(range.from, timezone)} to ${formatInstant(range.to, timezone)} (${timezone}).`}
            </Text>
            <Text>
              They are read from Prometheus, again where they were read before: what Prometheus says now replaces what
              is stored, and the costs of open months follow. A closed month is never changed: the collector refuses a
              range that reaches into one.
            </Text>
          </Stack>
        }
        onConfirm={ask}
        onDismiss={() => setConfirming(false)}
      />
    </Stack>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  // The time zone stands there in a colour that is too faint on light ground.
  range: css({ span: { color: theme.colors.text.primary } }),
});
