import type { ReactNode } from 'react';

interface Props {
  /** What is loading, for those who hear it: `Loading the summary…`. */
  label: string;
  children: ReactNode;
}

/** Skeletons in the place of what is to come; they are announced by their label and otherwise silent. */
export function LoadingRegion({ label, children }: Props) {
  return (
    <div role="status" aria-busy="true" aria-label={label}>
      <div aria-hidden>{children}</div>
    </div>
  );
}
