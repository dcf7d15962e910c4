import { EmptyState } from '@grafana/ui';

/** A directory without rules: what follows from that, and what to do. */
export function RulesEmpty({ editable }: { editable: boolean }) {
  return (
    <EmptyState variant="call-to-action" message="No rule says yet who owns what">
      {editable
        ? 'Everything that is used is unallocated. Assign an owner to a resource above, or add a rule.'
        : 'Everything that is used is unallocated until an administrator adds rules.'}
    </EmptyState>
  );
}
