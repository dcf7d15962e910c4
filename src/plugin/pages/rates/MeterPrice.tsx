import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Combobox, Field, Input, RadioButtonGroup, Stack, Switch, Text, useStyles2 } from '@grafana/ui';
import { meterName } from '../../format/names';
import { customaryPers, perExplained, perLabel } from '../../format/per';
import { perToUnits, unitsToPer } from '../../format/per-units';
import type { PriceForm } from './rate-card-form';
import { TierFields } from './TierFields';

interface Props {
  slug: string;
  unit: string;
  price: PriceForm;
  currency: string;
  /** Problems below this meter: `unit_price`, `per`, `tiers.0.from`; the empty path is the meter itself. */
  problemOf: (path: string) => string | undefined;
  onChange: (price: PriceForm, path: string) => void;
}

/** The same tiers counted in steps of another amount, where that is exact. */
function withPer(price: PriceForm, per: string): PriceForm {
  const rescaled = price.tiers.map(({ from, unitPrice }) => ({
    from: unitsToPer(perToUnits(from, price.fromPer), per),
    unitPrice,
  }));
  const exact = rescaled.every(({ from }) => from !== null);
  return {
    ...price,
    per,
    ...(exact ? { fromPer: per, tiers: rescaled.map(({ from, unitPrice }) => ({ from: from ?? '', unitPrice })) } : {}),
  };
}

/** One meter: whether the card prices it, flat or in tiers, and for how many units the price is. */
export function MeterPrice({ slug, unit, price, currency, problemOf, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const id = `price-${slug}`;
  const offered = customaryPers(unit);
  const pers = offered.some(({ per }) => per === price.per)
    ? offered
    : [{ per: price.per, label: perLabel(price.per, unit) }, ...offered];
  const perProblem = problemOf('per');
  const whole = problemOf('');

  return (
    <fieldset className={styles.meter}>
      <legend className={styles.legend}>
        <Switch
          id={id}
          value={price.priced}
          onChange={(event) => onChange({ ...price, priced: event.currentTarget.checked }, '')}
        />
        <label htmlFor={id} className={styles.name}>
          {meterName(slug)}
        </label>
        <Text color="secondary" variant="bodySmall">
          {`${slug}, in ${unit}s`}
        </Text>
      </legend>
      {price.priced && (
        <Stack direction="column" gap={1}>
          <Stack gap={2} wrap="wrap" alignItems="flex-start">
            <Field label="Kind" noMargin>
              <RadioButtonGroup
                id={`${id}-kind`}
                aria-label={`Kind of price for ${meterName(slug)}`}
                options={[
                  { label: 'Flat', value: 'flat' },
                  { label: 'Tiers', value: 'tiers' },
                ]}
                value={price.tiered ? 'tiers' : 'flat'}
                onChange={(kind) =>
                  onChange({ ...price, tiered: kind === 'tiers' }, kind === 'tiers' ? 'tiers' : 'unit_price')
                }
              />
            </Field>
            {!price.tiered && (
              <Field
                label="Price"
                noMargin
                required
                invalid={problemOf('unit_price') !== undefined}
                error={problemOf('unit_price')}
              >
                <Input
                  id={`${id}-unit-price`}
                  width={24}
                  inputMode="decimal"
                  placeholder="0.10"
                  suffix={currency}
                  value={price.unitPrice}
                  onChange={(event) => onChange({ ...price, unitPrice: event.currentTarget.value }, 'unit_price')}
                />
              </Field>
            )}
            <Field label="Per" noMargin invalid={perProblem !== undefined} error={perProblem}>
              <Combobox
                id={`${id}-per`}
                width={30}
                createCustomValue
                customValueDescription={`that many ${unit}s`}
                options={pers.map(({ per, label }) => ({ value: per, label }))}
                value={price.per}
                onChange={({ value }) => onChange(withPer(price, value.replaceAll(',', '').trim()), 'per')}
              />
            </Field>
            <div className={styles.explained}>{perExplained(price.per, unit)}</div>
          </Stack>
          {price.tiered && (
            <TierFields
              id={id}
              unit={unit}
              price={price}
              currency={currency}
              problemOf={problemOf}
              onChange={onChange}
            />
          )}
          {whole && <Text color="error">{whole}</Text>}
        </Stack>
      )}
    </fieldset>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  meter: css({
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    padding: theme.spacing(1.5, 2),
    margin: 0,
    minWidth: 0,
  }),
  // A legend would sit on the border; as a float it is a line of its own.
  legend: css({
    float: 'left',
    width: '100%',
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    margin: 0,
    border: 0,
    fontSize: 'inherit',
    '& + *': { clear: 'both', paddingTop: theme.spacing(1) },
  }),
  name: css({ fontWeight: theme.typography.fontWeightMedium, margin: 0 }),
  explained: css({ alignSelf: 'center', color: theme.colors.text.secondary, paddingTop: theme.spacing(2) }),
});
