import { lazy, Suspense, useCallback, useEffect } from 'react';
import { lineScope, lineTitle } from './costs-scope';
import type { CostsQuery } from './use-costs-query';

const Explanation = lazy(() =>
  import(/* webpackChunkName: "explanation" */ '../explanation/Explanation').then((module) => ({
    default: module.Explanation,
  })),
);

/** Opens the explanation of the line that the address names, if it names one. */
export function WhyThisAmount({ query: { why, scope, workspace, set } }: { query: CostsQuery }) {
  const open = why !== undefined;
  const close = useCallback(() => set({ why: undefined }), [set]);
  useEffect(() => {
    if (!open) {
      return undefined;
    }
    // The drawer begins with the focus on its close button, whose tooltip would take the first Escape for itself.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.isComposing) {
        event.stopPropagation();
        close();
      }
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, [open, close]);

  if (!why) {
    return null;
  }
  return (
    <Suspense fallback={null}>
      <Explanation scope={lineScope(scope, why)} title={lineTitle(why, workspace !== undefined)} onClose={close} />
    </Suspense>
  );
}
