import { Button } from '@grafana/ui';

/** Begins a budget. */
export function NewBudgetButton({ onClick }: { onClick: () => void }) {
  return (
    <Button icon="plus" onClick={onClick}>
      New budget
    </Button>
  );
}
