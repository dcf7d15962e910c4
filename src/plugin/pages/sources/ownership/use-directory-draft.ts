import { useCallback, useState } from 'react';
import type { DirectoryDraft } from './directory-draft';

export interface DraftControl {
  draft: DirectoryDraft;
  /** Replaces the draft by what `step` makes of it; `undo` takes the newest step back, `discard` all of them. */
  change: (step: (draft: DirectoryDraft) => DirectoryDraft) => void;
  undo: () => void;
  discard: (saved: DirectoryDraft) => void;
}

/** A draft with its steps. `undo` on the first step changes nothing. */
export function useDirectoryDraft(start: DirectoryDraft): DraftControl {
  const [steps, setSteps] = useState<[DirectoryDraft, ...DirectoryDraft[]]>([start]);
  const change = useCallback(
    (step: (draft: DirectoryDraft) => DirectoryDraft) => setSteps((current) => [step(current[0]), ...current]),
    [],
  );
  const undo = useCallback(
    () =>
      setSteps((current) => {
        const [, before, ...earlier] = current;
        return before ? [before, ...earlier] : current;
      }),
    [],
  );
  const discard = useCallback((saved: DirectoryDraft) => setSteps([saved]), []);
  return { draft: steps[0], change, undo, discard };
}
