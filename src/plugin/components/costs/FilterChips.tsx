import { Button, Stack, Text } from '@grafana/ui';
import { RESOURCE_FIELDS } from '../../../domain/resource';
import { fieldName, UNALLOCATED } from '../../format/names';
import type { CostsFilters } from './costs-query';
import type { CostsQuery } from './use-costs-query';

/** What the page is narrowed to, each part to be taken away. What the page or its pickers say already is left out. */
export function FilterChips({ query: { filters, workspace, set } }: { query: CostsQuery }) {
  const shown = RESOURCE_FIELDS.flatMap((field) =>
    field === 'workspace' && (workspace !== undefined || filters.workspace?.length === 1)
      ? []
      : (filters[field] ?? []).map((value) => ({ field, value })),
  );
  if (shown.length === 0) {
    return null;
  }
  const without = (field: (typeof shown)[number]['field'], value: string): CostsFilters => {
    const rest = filters[field]?.filter((one) => one !== value);
    return { ...filters, [field]: rest?.length ? rest : undefined };
  };
  return (
    <Stack gap={1} alignItems="center" wrap="wrap">
      <Text color="secondary">Only</Text>
      {shown.map(({ field, value }) => {
        const label = `${fieldName(field)}: ${value || (field === 'workspace' ? UNALLOCATED : 'none')}`;
        return (
          <Button
            key={`${field} ${value}`}
            size="sm"
            variant="secondary"
            icon="times"
            iconPlacement="right"
            aria-label={`Remove the filter ${label}`}
            onClick={() => set({ filters: without(field, value) })}
          >
            {label.length > 60 ? `${label.slice(0, 59)}…` : label}
          </Button>
        );
      })}
      {shown.length > 1 && (
        <Button size="sm" fill="text" variant="secondary" onClick={() => set({ filters: {} })}>
          Remove all filters
        </Button>
      )}
    </Stack>
  );
}
