import { Input } from '@grafana/ui';
import { useState } from 'react';

interface Props {
  /** Counted from 0, as are the places, both included, between which the rule may be moved. */
  place: number;
  first: number;
  last: number;
  /** Which rule it is, for those who hear it. */
  label: string;
  id: string;
  onMove: (to: number) => void;
}

/** The place of a rule in the order; another number and Enter moves it there. */
export function PlaceField({ place, first, last, label, id, onMove }: Props) {
  const [text, setText] = useState<string>();
  const asked = text !== undefined && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined;
  const invalid = text !== undefined && (asked === undefined || asked - 1 < first || asked - 1 > last);
  return (
    <Input
      id={id}
      width={8}
      aria-label={label}
      title="Type another place and press Enter to move the rule"
      inputMode="numeric"
      invalid={invalid}
      aria-invalid={invalid}
      value={text ?? String(place + 1)}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => setText(undefined)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          setText(undefined);
        }
        if (event.key === 'Enter' && asked !== undefined && !invalid) {
          setText(undefined);
          onMove(asked - 1);
        }
      }}
    />
  );
}
