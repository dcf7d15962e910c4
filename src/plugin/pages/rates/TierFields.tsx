import { Button, Field, IconButton, Input, Stack } from '@grafana/ui';
import { exactQuantity } from '../../format/quantity';
import { perLabel } from '../../format/per';
import { isDecimalText } from '../../../domain/decimal';
import { perToUnits } from '../../format/per-units';
import type { PriceForm, TierForm } from './rate-card-form';

interface Props {
  /** Prefix of the fields' ids. */
  id: string;
  unit: string;
  price: PriceForm;
  currency: string;
  problemOf: (path: string) => string | undefined;
  onChange: (price: PriceForm, path: string) => void;
}

/** Tiers by what a workspace used of the meter since the month began; each holds up to the start of the next. */
export function TierFields({ id, unit, price, currency, problemOf, onChange }: Props) {
  const steps = perLabel(price.fromPer, unit);
  const change = (index: number, tier: Partial<TierForm>, path: string) =>
    onChange(
      { ...price, tiers: price.tiers.map((old, position) => (position === index ? { ...old, ...tier } : old)) },
      `tiers.${index}.${path}`,
    );

  return (
    <Stack direction="column" gap={1}>
      {price.tiers.map(({ from, unitPrice }, index) => {
        const units = perToUnits(from.trim(), price.fromPer);
        const fromProblem = problemOf(`tiers.${index}.from`);
        const priceProblem = problemOf(`tiers.${index}.unit_price`);
        return (
          <Stack key={index} gap={2} wrap="wrap" alignItems="flex-start">
            <Field
              label={`Tier ${index + 1}: month to date from`}
              description={
                index === 0
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
                id={`${id}-tier-${index}-from`}
                width={32}
                inputMode="decimal"
                suffix={steps}
                disabled={index === 0}
                value={from}
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
                id={`${id}-tier-${index}-price`}
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
