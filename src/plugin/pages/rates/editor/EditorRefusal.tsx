import { Alert, Stack, Text } from '@grafana/ui';
import { useCallback } from 'react';
import type { RateCard, RateCardInput } from '../../../../api/rate-cards';
import { ChangedMeanwhile } from '../../../components/ChangedMeanwhile';
import { getRateCard, listRateCards } from '../../../data/rate-cards';
import { useResource } from '../../../data/use-resource';
import { LockedCard } from '../LockedCard';
import type { RatesData } from '../rates-data';
import { CardSides } from './CardSides';
import { fieldName } from './field-names';
import type { CardEditor } from './use-card-editor';

interface Props {
  editor: CardEditor;
  data: RatesData;
}

/** What the collector refused, in its words, and what to do about it. */
export function EditorRefusal({ editor, data }: Props) {
  const { refused, remote, base, valid, form } = editor;
  if (!refused) {
    return null;
  }
  if (base && valid && (refused.status === 412 || refused.status === 404)) {
    return <CardChanged base={base} mine={valid} data={data} editor={editor} />;
  }
  return (
    <Stack direction="column" gap={2}>
      <Alert severity="error" title={refused.title} bottomSpacing={0}>
        <Stack direction="column" gap={0.5}>
          <Text>{refused.message}</Text>
          {[...remote].map(([path, message]) => (
            <Text key={path}>{`${fieldName(path, form)}: ${message}`}</Text>
          ))}
        </Stack>
      </Alert>
      {refused.code === 'BILLING_PERIOD_LOCKED' && <ClosedMeanwhile data={data} onNewVersion={editor.becomeNew} />}
    </Stack>
  );
}

/** A month was closed since the page was opened: asks up to where, and prepares a version from there. */
function ClosedMeanwhile({ data, onNewVersion }: { data: RatesData; onNewVersion: (validFrom: string) => void }) {
  const list = useResource(useCallback(() => listRateCards(), []));
  const closedUntil = list.state === 'loaded' ? list.value.closed_until : data.closedUntil;
  return <LockedCard data={{ me: data.me, closedUntil }} onNewVersion={onNewVersion} />;
}

/** The card was changed or deleted since the editing began. */
function CardChanged({ base, mine, data, editor }: Props & { base: RateCard; mine: RateCardInput }) {
  const { id } = base;
  return (
    <ChangedMeanwhile
      name={base.name}
      kind="card"
      timeZone={data.me.timezone}
      load={useCallback(() => getRateCard(id), [id])}
      compare={(theirs) => <CardSides sides={{ base, theirs, mine }} data={data} />}
      onLoad={editor.load}
      onNew={() => editor.becomeNew()}
    />
  );
}
