import { lazy, Suspense } from 'react';
import { lineScope, lineTitle } from './costs-scope';
import type { CostsQuery } from './use-costs-query';

const Explanation = lazy(() =>
  import(/* webpackChunkName: "explanation" */ '../explanation/Explanation').then((module) => ({
    default: module.Explanation,
  })),
);

/** Opens the explanation of the line that the address names, if it names one. */
export function WhyThisAmount({ query: { why, scope, workspace, set } }: { query: CostsQuery }) {
  if (!why) {
    return null;
  }
  return (
    <Suspense fallback={null}>
      <Explanation
        scope={lineScope(scope, why)}
        title={lineTitle(why, workspace !== undefined)}
        onClose={() => set({ why: undefined })}
      />
    </Suspense>
  );
}
