import { EmptyState } from '@grafana/ui';

interface Props {
  editable: boolean;
  /** Whether these are the rules of all workspaces. */
  whole: boolean;
}

/** No rules to show: what follows from that, and what to do. */
export function RulesEmpty({ editable, whole }: Props) {
  if (!whole) {
    return (
      <EmptyState variant="not-found" message="No rule names your workspaces">
        What they have is found in other ways. Ask an administrator of Chargeback to add rules for them.
      </EmptyState>
    );
  }
  return (
    <EmptyState variant="call-to-action" message="No rule says yet who owns what">
      {editable
        ? 'Everything that is used is unallocated. Assign an owner to a resource above, or add a rule.'
        : 'Everything that is used is unallocated until an administrator adds rules.'}
    </EmptyState>
  );
}
