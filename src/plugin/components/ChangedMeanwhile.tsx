import { Alert, Button, Stack, Text } from '@grafana/ui';
import { useEffect, useRef, type ReactNode } from 'react';
import type { Observable } from 'rxjs';
import { useResource } from '../data/use-resource';
import { formatInstant } from '../format/time';
import { RequestProblem } from './RequestProblem';

interface Props<T> {
  /** What the thing is called, as it was when the editing began. */
  name: string;
  /** What kind of thing it is: `card`. */
  kind: string;
  timeZone: string;
  /** Fetches the thing as it is now; memoise it. */
  load: () => Observable<T>;
  /** What differs between the sides. */
  compare: (theirs: T) => ReactNode;
  /** Goes on from the thing as it is now. */
  onLoad: (theirs: T) => void;
  /** Makes what was typed a new thing; for when the old one is gone. */
  onNew: () => void;
}

/** Somebody else changed the thing while it was edited: who, when, and what differs between theirs and what was typed here. */
export function ChangedMeanwhile<T extends { updated_at: string; updated_by: string }>(props: Props<T>) {
  const { name, kind, timeZone, load, compare, onLoad, onNew } = props;
  const now = useResource(load);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // It grew from a title to a comparison since the page led to it.
    box.current?.scrollIntoView({ block: 'nearest' });
  }, [now.state]);
  if (now.state === 'loading') {
    return <Alert severity="warning" title={`${name} was changed while you were editing it`} bottomSpacing={0} />;
  }
  if (now.state === 'failed') {
    return now.error.status === 404 ? (
      <Alert severity="warning" title={`${name} was deleted while you were editing it`} bottomSpacing={0}>
        <Stack direction="column" gap={1}>
          <Text>{`Nothing was saved. What you typed is still here; it can become a new ${kind}.`}</Text>
          <div>
            <Button variant="secondary" icon="plus" onClick={() => onNew()}>
              {`Make it a new ${kind}`}
            </Button>
          </div>
        </Stack>
      </Alert>
    ) : (
      <RequestProblem what={`What ${name} is now`} error={now.error} onRetry={now.reload} />
    );
  }
  const theirs = now.value;
  const when = formatInstant(theirs.updated_at, timeZone);
  return (
    <div ref={box} style={{ scrollMargin: '96px 0' }}>
      <Alert severity="warning" title={`${name} was changed while you were editing it`} bottomSpacing={0}>
        <Stack direction="column" gap={1}>
          <Text>
            {`${theirs.updated_by === '' ? 'Somebody' : theirs.updated_by} changed it on ${when} (${timeZone}). Nothing of yours was saved, and nothing of theirs is overwritten.`}
          </Text>
          {compare(theirs)}
          <div>
            <Button variant="secondary" icon="sync" onClick={() => onLoad(theirs)}>
              {`Load the ${kind} as it is now`}
            </Button>
          </div>
          <Text color="secondary" variant="bodySmall">
            What you typed stays beside it to look at.
          </Text>
        </Stack>
      </Alert>
    </div>
  );
}
