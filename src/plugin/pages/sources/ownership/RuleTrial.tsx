import { Alert, Stack, Text } from '@grafana/ui';
import { useEffect, useState } from 'react';
import { map, switchMap, timer } from 'rxjs';
import type { DirectoryRule, RuleCount } from '../../../../api/directory';
import type { ApiError } from '../../../data/api-error';
import { tryDirectory } from '../../../data/directory';
import { RuleEffect } from './RuleEffect';

/** Pause after which a rule that is being typed is tried, in milliseconds. */
const PAUSE = 600;

interface Props {
  /** Absent while it has problems. */
  rule: DirectoryRule | undefined;
  place: number | undefined;
  directoryWith: (rule: DirectoryRule, place: number) => DirectoryRule[];
  period: string;
}

type Trial = { of: string; match: RuleCount } | { of: string; error: ApiError };

/** What was found wrong with the rule at `place`, by the path within it; undefined when it is with other rules of the draft. */
function problemsAt({ problems = [] }: ApiError, place: number | undefined): string[] | undefined {
  const own = problems.flatMap(({ path, message }) => {
    const [, at, field] = /^rules\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
    return Number(at) === place ? [field ? `${field}: ${message}` : message] : [];
  });
  return own.length === 0 && problems.length > 0 ? undefined : own;
}

/** What the rule would match and decide at its place, tried as soon as one pauses. */
export function RuleTrial({ rule, place, directoryWith, period }: Props) {
  const question = rule && place !== undefined ? JSON.stringify([rule, place, period]) : undefined;
  const [trial, setTrial] = useState<Trial>();
  useEffect(() => {
    if (question === undefined) {
      return undefined;
    }
    const [asked, at] = JSON.parse(question) as [DirectoryRule, number];
    const trying = timer(PAUSE)
      .pipe(
        switchMap(() => tryDirectory(directoryWith(asked, at), period)),
        map(({ rules }) => rules[at]),
      )
      .subscribe({
        next: (match) => match && setTrial({ of: question, match }),
        error: (error: ApiError) => setTrial({ of: question, error }),
      });
    return () => trying.unsubscribe();
  }, [question, directoryWith, period]);

  const known = trial?.of === question ? trial : undefined;
  const wrong = known && 'error' in known ? problemsAt(known.error, place) : undefined;
  return (
    <div aria-live="polite">
      {question === undefined && <Text color="secondary">What the rule would match is shown when it is complete.</Text>}
      {question !== undefined && !known && <Text color="secondary">Looking what it would match…</Text>}
      {known && 'error' in known && !wrong && (
        <Text color="secondary">What the rule would match is shown when the other rules of the draft are right.</Text>
      )}
      {known && 'error' in known && wrong && (
        <Alert
          severity="warning"
          title={wrong.length > 0 ? 'The rule cannot be like this' : known.error.title}
          bottomSpacing={0}
        >
          {wrong.length === 0 && known.error.message}
          {wrong.map((line) => (
            <div key={line}>{line}</div>
          ))}
        </Alert>
      )}
      {known && 'match' in known && (
        <Stack gap={1} alignItems="center" wrap="wrap">
          <Text>At this place:</Text>
          <RuleEffect match={known.match} />
        </Stack>
      )}
    </div>
  );
}
