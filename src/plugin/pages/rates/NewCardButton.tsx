import { Button } from '@grafana/ui';

/** Begins a rate card that is no version of another. */
export function NewCardButton({ onClick }: { onClick: () => void }) {
  return (
    <Button icon="plus" onClick={onClick}>
      New rate card
    </Button>
  );
}
