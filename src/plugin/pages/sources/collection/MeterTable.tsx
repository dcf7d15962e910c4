import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Badge, Button, Icon, Stack, Text, Tooltip, useStyles2 } from '@grafana/ui';
import type { Collections } from '../../../../api/collections';
import type { Meter } from '../../../../api/meters';
import { useBilling } from '../../../billing/use-billing';
import { PlainTable } from '../../../components/PlainTable';
import { Decimal } from '../../../../domain/decimal';
import { groupDigits } from '../../../format/group-digits';
import { meterName } from '../../../format/names';
import { exactQuantity, formatQuantity } from '../../../format/quantity';
import { formatAge, formatInstant } from '../../../format/time';
import { formatDuration } from './format-duration';

interface Props {
  collections: Collections;
  meters: ReadonlyMap<string, Meter>;
  /** The meter whose hours are shown below. */
  chosen: string | undefined;
  onChoose: (meter: string) => void;
}

const NOT_COUNTED =
  'Growth from before a process was first scraped: the process had been running already, so that amount has no hour and is not billed.';

/** Each meter with what it asks Prometheus, how far it is collected, and how its last run went. */
export function MeterTable({ collections, meters, chosen, onChoose }: Props) {
  const { timezone } = useBilling();
  const styles = useStyles2(getStyles);
  const rows = collections.meters.map(
    ({ meter, watermark, collected_hours, missing_hours, failed, not_counted, last_run }) => {
      const known = meters.get(meter);
      const unit = known?.unit ?? 'unit';
      return {
        key: meter,
        cells: [
          <Stack key="meter" direction="column" gap={0.5}>
            <Button
              size="sm"
              fill="text"
              className={styles.name}
              icon={meter === chosen ? 'eye' : undefined}
              aria-pressed={meter === chosen}
              tooltip="Show its hours"
              onClick={() => onChoose(meter)}
            >
              {meterName(meter)}
            </Button>
            <Text variant="bodySmall" color="secondary">
              in {unit}s, {known?.kind}
            </Text>
          </Stack>,
          <code key="query" className={styles.query}>
            {known?.query}
          </code>,
          watermark === null ? (
            'nothing yet'
          ) : (
            <Stack key="watermark" direction="column" gap={0.5}>
              <span>{formatInstant(watermark, timezone)}</span>
              <Text variant="bodySmall" color="secondary">
                {formatAge(watermark)}
              </Text>
            </Stack>
          ),
          <Stack key="hours" direction="column" gap={0.5} alignItems="flex-end">
            <span>{coverage(collected_hours, missing_hours)}</span>
            {missing_hours > 0 && (
              <Badge
                color="orange"
                icon="exclamation-triangle"
                text={`${groupDigits(String(missing_hours))} missing`}
              />
            )}
            {failed.length > 0 && <Badge color="red" icon="exclamation-circle" text="failed hours" />}
          </Stack>,
          groupDigits(String(known?.series ?? 0)),
          last_run === null ? (
            'never'
          ) : (
            <Stack key="run" direction="column" gap={0.5}>
              <span title={`${formatInstant(last_run.at, timezone)} (${timezone})`}>{formatAge(last_run.at)}</span>
              <Text variant="bodySmall" color="secondary">
                {[
                  formatDuration(last_run.duration_ms),
                  ...(last_run.samples === null ? [] : [exactQuantity(String(last_run.samples), 'sample')]),
                ].join(', ')}
              </Text>
            </Stack>
          ),
          not_counted === null || new Decimal(not_counted).isZero() ? (
            '–'
          ) : (
            <Tooltip key="not-counted" content={NOT_COUNTED}>
              <button type="button" className={styles.explained} title={exactQuantity(not_counted, unit)}>
                {formatQuantity(not_counted, unit)} <Icon name="info-circle" size="sm" />
              </button>
            </Tooltip>
          ),
        ],
      };
    },
  );
  return (
    <PlainTable
      caption="Meters and how far they are collected"
      columns={[
        { title: 'Meter' },
        { title: 'Asks Prometheus for' },
        { title: 'Complete through', tight: true },
        { title: 'Hours collected', figure: true },
        { title: 'Series', figure: true },
        { title: 'Last run', tight: true },
        { title: 'Not counted', figure: true },
      ]}
      rows={rows}
    />
  );
}

/** Collected hours of those that should be there: `852 of 852 (100 %)`; 99.99 % is not rounded up. */
function coverage(collected: number, missing: number): string {
  const all = collected + missing;
  const share = all === 0 ? new Decimal(0) : new Decimal(collected).div(all).times(100);
  return `${groupDigits(String(collected))} of ${groupDigits(String(all))} (${share.toDecimalPlaces(1, Decimal.ROUND_DOWN).toFixed()} %)`;
}

const getStyles = (theme: GrafanaTheme2) => ({
  name: css({ padding: 0, height: 'auto', alignSelf: 'flex-start', textAlign: 'left' }),
  query: css({ fontSize: theme.typography.bodySmall.fontSize, overflowWrap: 'anywhere', whiteSpace: 'normal' }),
  explained: css({
    all: 'unset',
    cursor: 'help',
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` },
  }),
});
