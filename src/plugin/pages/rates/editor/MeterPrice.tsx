import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Combobox, Field, Input, RadioButtonGroup, Stack, Switch, Text, useStyles2 } from '@grafana/ui';
import { isDecimalText } from '../../../../domain/decimal';
import { meterName } from '../../../format/names';
import { customaryPers, perExplained, perLabel } from '../../../format/per';
import { perToUnits } from '../../../format/per-units';
import { exactQuantity } from '../../../format/quantity';
import { fieldId } from './field-names';
import { hasIncluded, pricePaths, type PriceForm } from './rate-card-form';
import { withKind, withPer } from './reshape-price';
import { TierFields } from './TierFields';

interface Props {
  slug: string;
  unit: string;
  price: PriceForm;
  currency: string;
  /** Problems below this meter: `unit_price`, `per`, `tiers.0.from`; the empty path is the meter itself. */
  problemOf: (path: string) => string | undefined;
  /** A field was left: from then on its problem shows. */
  onTouch: (path: string) => void;
  onChange: (price: PriceForm, path: string) => void;
}

/** One meter: whether the card prices it, flat or in tiers, and for how many units the price is. */
export function MeterPrice({ slug, unit, price, currency, problemOf, onTouch, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const idOf = (path: string) => fieldId(path === '' ? `prices.${slug}` : `prices.${slug}.${path}`);
  const id = idOf('');
  const paths = pricePaths(price);
  const includedUnits = perToUnits(price.included.trim(), price.fromPer);
  const fieldOf = (path: string) => ({
    noMargin: true,
    invalid: problemOf(path) !== undefined,
    error: problemOf(path),
  });
  const offered = customaryPers(unit);
  const pers = offered.some(({ per }) => per === price.per)
    ? offered
    : [{ per: price.per, label: perLabel(price.per, unit) }, ...offered];
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
            <Field label="Kind" description="one price, or by quantity" noMargin>
              <RadioButtonGroup
                id={idOf('kind')}
                aria-label={`Kind of price for ${meterName(slug)}`}
                options={[
                  { label: 'Flat', value: 'flat' },
                  { label: 'Tiers', value: 'tiers' },
                ]}
                value={price.tiered ? 'tiers' : 'flat'}
                onChange={(kind) => onChange(withKind(price, kind === 'tiers'), 'kind')}
              />
            </Field>
            <Field label="Per" description={perExplained(price.per, unit) || `1 ${unit}`} {...fieldOf('per')}>
              <Combobox
                id={idOf('per')}
                width={28}
                createCustomValue
                customValueDescription={`that many ${unit}s`}
                options={pers.map(({ per, label }) => ({ value: per, label }))}
                value={price.per}
                onChange={({ value }) => onChange(withPer(price, value.replaceAll(',', '').trim()), 'per')}
              />
            </Field>
            <Field
              label="Included per month"
              description={
                hasIncluded(price) && isDecimalText(includedUnits)
                  ? `${exactQuantity(includedUnits, unit)} free for each workspace`
                  : 'free for each workspace; empty: nothing'
              }
              {...fieldOf(paths.included)}
            >
              <Input
                id={idOf(paths.included)}
                width={32}
                inputMode="decimal"
                placeholder="0"
                suffix={perLabel(price.fromPer, unit)}
                value={price.included}
                onBlur={() => onTouch(paths.included)}
                onChange={(event) => onChange({ ...price, included: event.currentTarget.value }, paths.included)}
              />
            </Field>
            {!price.tiered && (
              <Field
                label="Price"
                description={`per ${perLabel(price.per, unit)}${hasIncluded(price) ? ' above' : ''}`}
                required
                {...fieldOf(paths.unitPrice)}
              >
                <Input
                  id={idOf(paths.unitPrice)}
                  width={24}
                  inputMode="decimal"
                  placeholder="0.10"
                  suffix={currency}
                  value={price.unitPrice}
                  onBlur={() => onTouch(paths.unitPrice)}
                  onChange={(event) => onChange({ ...price, unitPrice: event.currentTarget.value }, paths.unitPrice)}
                />
              </Field>
            )}
          </Stack>
          {price.tiered && (
            <TierFields
              idOf={idOf}
              unit={unit}
              price={price}
              currency={currency}
              problemOf={problemOf}
              onTouch={onTouch}
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
});
