import { EmptyState, LinkButton, Stack, Text } from '@grafana/ui';
import { useCallback, useRef, useState } from 'react';
import Skeleton from 'react-loading-skeleton';
import { seesEverything, useBilling } from '../../../billing/use-billing';
import { historyLink } from '../../../components/history/history-query';
import { LoadingRegion } from '../../../components/LoadingRegion';
import { RequestProblem } from '../../../components/RequestProblem';
import { isAdministrator } from '../../../data/is-administrator';
import { PAGES } from '../../../plugin-id';
import { BackfillForm, type BackfillRange } from './BackfillForm';
import { Backfills } from './Backfills';
import { CollectorBehind } from './CollectorBehind';
import { Gaps } from './Gaps';
import { Hours } from './Hours';
import { MeterTable } from './MeterTable';
import { useCollection } from './use-collection';
import { useCollectionQuery } from './use-collection-query';

/** How far usage is collected, what is missing, and how it is filled. */
export function CollectionTab() {
  const me = useBilling();
  const { timezone, role } = me;
  const query = useCollectionQuery(timezone);
  const collection = useCollection();
  const [fill, setFill] = useState<BackfillRange>();
  const [finished, setFinished] = useState(0);
  const form = useRef<HTMLElement>(null);

  const { refresh } = collection;
  const onFinished = useCallback(() => {
    setFinished((count) => count + 1);
    refresh();
  }, [refresh]);

  if (collection.state === 'loading') {
    return (
      <LoadingRegion label="Loading what was collected…">
        <Skeleton height={300} />
        <Skeleton height={420} style={{ marginTop: 24 }} />
      </LoadingRegion>
    );
  }
  if (collection.state === 'failed') {
    return <RequestProblem what="What was collected" error={collection.error} onRetry={collection.reload} />;
  }
  const { collections, meters, asOf } = collection.value;
  if (collections.meters.length === 0) {
    return (
      <EmptyState
        variant="call-to-action"
        message="Nothing is metered yet"
        button={isAdministrator() ? <LinkButton href={PAGES.connection}>Open Connection</LinkButton> : undefined}
      >
        The collector knows no meters. They come from its meters.yaml, or from the preset for the Kafka gateway.
      </EmptyState>
    );
  }
  const meter = collections.meters.find(({ meter: slug }) => slug === query.meter) ?? collections.meters[0];
  const editable = role === 'admin';
  const onFill = (range: BackfillRange) => {
    setFill(range);
    form.current?.focus();
    form.current?.scrollIntoView({ block: 'center' });
  };

  return (
    <Stack direction="column" gap={3}>
      <CollectorBehind collections={collections} asOf={asOf} />
      <Stack direction="column" gap={1}>
        <Stack justifyContent="space-between" wrap="wrap" alignItems="baseline">
          <Text element="h2" variant="h4">
            Meters
          </Text>
          <Text color="secondary">Times in {timezone}</Text>
        </Stack>
        <MeterTable
          collections={collections}
          meters={meters}
          chosen={meter?.meter}
          onChoose={(slug) => query.set({ meter: slug })}
        />
      </Stack>
      <Gaps collections={collections} onFill={editable ? onFill : undefined} />
      <section ref={form} tabIndex={-1} aria-label="Backfill" style={{ outline: 'none' }}>
        <Stack direction="column" gap={2}>
          <Text element="h2" variant="h4">
            Backfill
          </Text>
          {editable ? (
            <BackfillForm
              key={JSON.stringify(fill)}
              start={fill}
              meters={collections.meters.map(({ meter: slug }) => slug)}
              onAsked={(job) => {
                query.set({ job });
                refresh();
              }}
            />
          ) : (
            <Text color="secondary">Only administrators can ask for hours to be collected again.</Text>
          )}
          <Backfills
            jobs={collections.jobs}
            followed={query.job}
            onRetry={editable ? onFill : undefined}
            onFinished={onFinished}
          />
          {seesEverything(me) && (
            <div>
              <LinkButton variant="secondary" fill="text" icon="history" href={historyLink({ object: 'collection' })}>
                Who asked for collections
              </LinkButton>
            </div>
          )}
        </Stack>
      </section>
      {meter && (
        <Hours
          meter={meter}
          meters={collections.meters}
          finished={finished}
          query={query}
          onFill={editable ? onFill : undefined}
        />
      )}
    </Stack>
  );
}
