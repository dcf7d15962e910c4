import { Alert } from '@grafana/ui';
import { meterName } from '../../format/names';
import type { Problems } from './rate-card-problems';

/** The words on the screen for the path of a field. */
function fieldName(path: string): string {
  const [field, slug, ...rest] = path.split('.');
  if (field !== 'prices') {
    return (
      { name: 'Name', workspace: 'Workspace', currency: 'Currency', valid_from: 'Valid from', notes: 'Notes' }[field] ??
      field
    );
  }
  if (slug === undefined) {
    return 'Prices';
  }
  const [part, index, tierPart] = rest;
  const tier = part === 'tiers' && index !== undefined ? `, tier ${Number(index) + 1}` : '';
  const what = { unit_price: ', price', from: ', from', per: ', per' }[tierPart ?? part ?? ''] ?? '';
  return `${meterName(slug)}${tier}${what}`;
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
