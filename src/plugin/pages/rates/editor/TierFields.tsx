import { Button, Field, IconButton, Input, Stack } from '@grafana/ui';
import { exactQuantity } from '../../../format/quantity';
import { perLabel } from '../../../format/per';
import { isDecimalText } from '../../../../domain/decimal';
import { perToUnits } from '../../../format/per-units';
import { hasIncluded, pricePaths, type PriceForm, type TierForm } from './rate-card-form';

interface Props {
  /** The id of the field of a path below this meter. */
  idOf: (path: string) => string;
  unit: string;
  price: PriceForm;
  currency: string;
  problemOf: (path: string) => string | undefined;
  onTouch: (path: string) => void;
  onChange: (price: PriceForm, path: string) => void;
}

/** Tiers by what a workspace used of the meter since the month began; each holds up to the start of the next. */
export function TierFields({ idOf, unit, price, currency, problemOf, onTouch, onChange }: Props) {
  const steps = perLabel(price.fromPer, unit);
  const paths = pricePaths(price);
  const included = hasIncluded(price);
  const change = (index: number, tier: Partial<TierForm>, path: 'from' | 'unit_price') =>
    onChange(
      { ...price, tiers: price.tiers.map((old, position) => (position === index ? { ...old, ...tier } : old)) },
      paths.tier(index, path),
    );

  return (
    <Stack direction="column" gap={1}>
      {price.tiers.map(({ from, unitPrice }, index) => {
        const begin = index > 0 ? from : included ? price.included : '0';
        const units = perToUnits(begin.trim(), price.fromPer);
        // Where the first tier begins is typed as what is included, and its problem is told there.
        const fromProblem = index === 0 ? undefined : problemOf(paths.tier(index, 'from'));
        const priceProblem = problemOf(paths.tier(index, 'unit_price'));
        return (
          <Stack key={index} gap={2} wrap="wrap" alignItems="flex-start">
            <Field
              label={`Tier ${index + 1}: month to date from`}
              description={
                index === 0 && !included
                  ? `from the first ${unit} on`
                  : isDecimalText(units)
                    ? `= ${exactQuantity(units, unit)}`
                    : `in ${steps}`
              }
              noMargin
              invalid={fromProblem !== undefined}
              error={fromProblem}
            >
              <Input
                id={index === 0 ? undefined : idOf(paths.tier(index, 'from'))}
                aria-label={index === 0 ? 'Tier 1: month to date from' : undefined}
                onBlur={() => onTouch(paths.tier(index, 'from'))}
                width={32}
                inputMode="decimal"
                suffix={steps}
                disabled={index === 0}
                value={begin}
                onChange={(event) => change(index, { from: event.currentTarget.value }, 'from')}
              />
            </Field>
            <Field
              label={`Tier ${index + 1}: price`}
              description={`per ${perLabel(price.per, unit)}`}
              noMargin
              invalid={priceProblem !== undefined}
              error={priceProblem}
            >
              <Input
                id={idOf(paths.tier(index, 'unit_price'))}
                onBlur={() => onTouch(paths.tier(index, 'unit_price'))}
                width={24}
                inputMode="decimal"
                suffix={currency}
                value={unitPrice}
                onChange={(event) => change(index, { unitPrice: event.currentTarget.value }, 'unit_price')}
              />
            </Field>
            {index > 0 && (
              <IconButton
                name="trash-alt"
                tooltip={`Remove tier ${index + 1}`}
                onClick={() =>
                  onChange({ ...price, tiers: price.tiers.filter((_, position) => position !== index) }, 'tiers')
                }
              />
            )}
          </Stack>
        );
      })}
      <div>
        <Button
          variant="secondary"
          size="sm"
          icon="plus"
          onClick={() => onChange({ ...price, tiers: [...price.tiers, { from: '', unitPrice: '' }] }, 'tiers')}
        >
          Add a tier
        </Button>
      </div>
    </Stack>
  );
}
