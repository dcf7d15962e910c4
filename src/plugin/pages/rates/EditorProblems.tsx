import { Alert } from '@grafana/ui';
import { meterName } from '../../format/names';
import type { Problems } from './rate-card-problems';

const FIELDS: Record<string, string> = {
  name: 'Name',
  workspace: 'For',
  currency: 'Currency',
  valid_from: 'Valid from',
  notes: 'Notes',
  unit_price: ', price',
  from: ', from',
  per: ', per',
};

/** The words on the screen for the path of a field: `prices.kafka_messages.tiers.1.from` → `Kafka messages, tier 2, from`. */
function fieldName(path: string): string {
  const [field = '', slug, ...rest] = path.split('.');
  if (field !== 'prices') {
    return FIELDS[field] ?? field;
  }
  if (slug === undefined) {
    return 'Prices';
  }
  const tier = rest[0] === 'tiers' && rest[1] !== undefined ? `, tier ${Number(rest[1]) + 1}` : '';
  return `${meterName(slug)}${tier}${FIELDS[rest.at(-1) ?? ''] ?? ''}`;
}

/** All problems of the card at once, so that nobody mends them one by one. */
export function EditorProblems({ problems }: { problems: Problems }) {
  return (
    <Alert
      severity="error"
      title={problems.size === 1 ? 'One thing is not right yet' : `${problems.size} things are not right yet`}
    >
      <ul>
        {[...problems].map(([path, message]) => (
          <li key={path}>
            {fieldName(path)}: {message}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
