import { Badge, Button, Stack, Text, useStyles2 } from '@grafana/ui';
import type { Unmatched } from '../../../../api/directory';
import { RESOURCE_FIELDS } from '../../../../domain/resource';
import { getTableStyles } from '../../../components/table-styles';
import { exactMoney, formatMoney } from '../../../format/money';
import { meterName } from '../../../format/names';
import { exactQuantity, formatQuantity } from '../../../format/quantity';
import { FieldChip } from './RuleFields';

type UnmatchedResource = Unmatched['data'][number];

interface Props {
  unmatched: UnmatchedResource;
  currency: string;
  onAssign: ((unmatched: UnmatchedResource) => void) | undefined;
}

/** A resource that nobody owns: what is known of it, what it used, and what that costs. */
export function UnmatchedRow({ unmatched, currency, onAssign }: Props) {
  const styles = useStyles2(getTableStyles);
  const { resource, labels, cost, usage } = unmatched;
  const known = RESOURCE_FIELDS.filter((field) => resource[field] !== '');
  return (
    <tr>
      <td>
        <Stack gap={0.5} wrap="wrap">
          {known.map((field) => (
            <FieldChip key={field} field={field} value={resource[field]} />
          ))}
          {known.length === 0 && <Text color="secondary">Nothing is known of it</Text>}
          {Object.entries(labels).map(([name, value]) => (
            <Text key={name} color="secondary" variant="bodySmall">
              {name}: {value}
            </Text>
          ))}
        </Stack>
      </td>
      <td>
        <Stack direction="column" gap={0.5}>
          {usage.map(({ meter, unit, quantity, rated }) => (
            <Stack key={`${meter} ${rated}`} gap={1} alignItems="center" wrap="wrap">
              <Text variant="bodySmall">
                {meterName(meter)} <span title={exactQuantity(quantity, unit)}>{formatQuantity(quantity, unit)}</span>
              </Text>
              {!rated && <Badge text="No price" color="orange" tooltip="No price is in force for this usage" />}
            </Stack>
          ))}
        </Stack>
      </td>
      <td className={styles.figure} title={exactMoney(cost, currency)}>
        {formatMoney(cost, currency)}
      </td>
      {onAssign && (
        <td>
          <Button
            size="sm"
            variant="secondary"
            icon="user"
            disabled={known.length === 0}
            onClick={() => onAssign(unmatched)}
          >
            Assign owner
          </Button>
        </td>
      )}
    </tr>
  );
}
