import { Alert, Button, Stack, Text } from '@grafana/ui';
import { useCallback, useEffect, useRef } from 'react';
import type { RateCard, RateCardInput } from '../../../../api/rate-cards';
import { RequestProblem } from '../../../components/RequestProblem';
import { getRateCard } from '../../../data/rate-cards';
import { useResource } from '../../../data/use-resource';
import { formatInstant } from '../../../format/time';
import type { RatesData } from '../rates-data';
import { ThreeSides } from './ThreeSides';

interface Props {
  /** The card as it was when the editing began. */
  base: RateCard;
  /** What was typed and not saved. */
  mine: RateCardInput;
  data: RatesData;
  /** Goes on from the card as it is now. */
  onLoad: (theirs: RateCard) => void;
  /** Makes what was typed a new card; for when the old one is gone. */
  onNew: () => void;
}

/** Somebody else changed the card while it was edited: who, when, and what differs between theirs and what was typed here. */
export function ChangedMeanwhile({ base, mine, data, onLoad, onNew }: Props) {
  const { id } = base;
  const now = useResource(useCallback(() => getRateCard(id), [id]));
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // It grew from a title to a comparison since the page led to it.
    box.current?.scrollIntoView({ block: 'nearest' });
  }, [now.state]);
  if (now.state === 'loading') {
    return <Alert severity="warning" title={`${base.name} was changed while you were editing it`} bottomSpacing={0} />;
  }
  if (now.state === 'failed') {
    return now.error.status === 404 ? (
      <Alert severity="warning" title={`${base.name} was deleted while you were editing it`} bottomSpacing={0}>
        <Stack direction="column" gap={1}>
          <Text>Nothing was saved. What you typed is still here; it can become a new card.</Text>
          <div>
            <Button variant="secondary" icon="plus" onClick={() => onNew()}>
              Make it a new card
            </Button>
          </div>
        </Stack>
      </Alert>
    ) : (
      <RequestProblem what={`What ${base.name} is now`} error={now.error} onRetry={now.reload} />
    );
  }
  const theirs = now.value;
  const when = formatInstant(theirs.updated_at, data.me.timezone);
  return (
    <div ref={box} style={{ scrollMargin: '96px 0' }}>
      <Alert severity="warning" title={`${base.name} was changed while you were editing it`} bottomSpacing={0}>
        <Stack direction="column" gap={1}>
          <Text>
            {`${theirs.updated_by === '' ? 'Somebody' : theirs.updated_by} changed it on ${when} (${data.me.timezone}). Nothing of yours was saved, and nothing of theirs is overwritten.`}
          </Text>
          <ThreeSides sides={{ base, theirs, mine }} data={data} />
          <div>
            <Button variant="secondary" icon="sync" onClick={() => onLoad(theirs)}>
              Load the card as it is now
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
