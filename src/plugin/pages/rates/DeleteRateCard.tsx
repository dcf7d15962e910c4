import { Alert, Button, ConfirmModal, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import type { RateCard } from '../../../api/rate-cards';
import { deleteRateCard } from '../../data/rate-cards';
import { useSend } from '../../data/use-send';
import { formatValidFrom } from '../../format/time';
import { WhatChanged } from '../../components/history/WhatChanged';
import { notify } from '../../components/notify';

interface Props {
  card: RateCard;
  /** The billing time zone. */
  timeZone: string;
  onDeleted: () => void;
}

/** Deletes a card after a question; what it priced is rated again with what is left. */
export function DeleteRateCard({ card, timeZone, onDeleted }: Props) {
  const validFrom = formatValidFrom(card.valid_from, timeZone);
  const [open, setOpen] = useState(false);
  const { state, send, reset } = useSend<void>();
  const close = () => {
    reset();
    setOpen(false);
  };
  return (
    <>
      <Button variant="destructive" fill="outline" icon="trash-alt" onClick={() => setOpen(true)}>
        Delete
      </Button>
      <ConfirmModal
        isOpen={open}
        title={`Delete ${card.name}`}
        body={
          <Stack direction="column" gap={2}>
            <Text>
              {`The prices of this card, valid from ${validFrom}, are taken out of every open month, and their usage is rated again with the older price, or has no price at all.`}
            </Text>
            {state.state === 'failed' && (
              <Alert severity="error" title={state.error.title}>
                <Stack direction="column" gap={1}>
                  <span>{state.error.message}</span>
                  <WhatChanged error={state.error} timeZone={timeZone} />
                </Stack>
              </Alert>
            )}
          </Stack>
        }
        confirmText={state.state === 'sending' ? 'Deleting…' : 'Delete'}
        disabled={state.state === 'sending'}
        onConfirm={() =>
          send(deleteRateCard(card), () => {
            notify(`${card.name} is deleted.`);
            setOpen(false);
            onDeleted();
          })
        }
        onDismiss={close}
      />
    </>
  );
}
