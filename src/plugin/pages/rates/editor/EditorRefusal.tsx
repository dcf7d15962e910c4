import { Alert, Stack, Text } from '@grafana/ui';
import { useCallback } from 'react';
import { listRateCards } from '../../../data/rate-cards';
import { useResource } from '../../../data/use-resource';
import { LockedCard } from '../LockedCard';
import type { RatesData } from '../rates-data';
import { ChangedMeanwhile } from './ChangedMeanwhile';
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
  if (base && valid && (refused.code === 'RATE_CARD_CHANGED' || refused.status === 404)) {
    return <ChangedMeanwhile base={base} mine={valid} data={data} onLoad={editor.load} onNew={editor.becomeNew} />;
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
