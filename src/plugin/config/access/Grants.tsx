import { Alert, Badge, Button, ConfirmModal, EmptyState, IconButton, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import type { Access, Grant } from '../../../api/access';
import { WhatChanged } from '../../components/history/WhatChanged';
import { notify } from '../../components/notify';
import { PlainTable } from '../../components/PlainTable';
import { saveAccess } from '../../data/access';
import { useSend } from '../../data/use-send';
import { GrantDrawer } from './GrantDrawer';
import { KINDS, seenWords, whomOf } from './grant-words';

interface Props {
  access: Access;
  /** Called with what is in force now, or without when somebody else changed it. */
  onChanged: (now?: Access) => void;
}

const COLUMNS = [
  { title: 'For', width: '30%' },
  { title: 'Sees', width: '55%' },
  { title: 'Change', tight: true },
];
const label = (grant: Grant) => {
  const { kind, who } = whomOf(grant);
  return `${KINDS.find(({ value }) => value === kind)?.label ?? kind} ${who}`;
};

/** The grants: who sees which workspaces. Each change is saved at once and holds for the next request. */
export function Grants({ access, onChanged }: Props) {
  const { grants, version, default_access } = access;
  // -1 is a new one.
  const [editing, setEditing] = useState<number>();
  const [removing, setRemoving] = useState<number>();
  const { state, send, reset } = useSend<Access>();
  const close = () => {
    reset();
    setEditing(undefined);
    setRemoving(undefined);
  };
  const dismiss = () => {
    if (state.state === 'failed' && state.error.status === 412) {
      // What stands here is not what is in force: the next change would be refused, too.
      onChanged();
    }
    close();
  };
  const save = (next: Grant[], said: string) =>
    send(saveAccess(next, version), (now) => {
      notify(said);
      close();
      onChanged(now);
    });
  const gone = removing === undefined ? undefined : grants[removing];

  return (
    <Stack direction="column" gap={2}>
      <Stack justifyContent="space-between" alignItems="center" wrap="wrap">
        <Text element="h3">Who sees which workspaces</Text>
        <Button icon="plus" onClick={() => setEditing(-1)}>
          New grant
        </Button>
      </Stack>
      <Text color="secondary">
        Administrators see everything. Others see what all grants that fit them say together; whom none fits sees{' '}
        {default_access === 'all' ? 'everything' : 'nothing'} (CHARGEBACK_DEFAULT_ACCESS={default_access}).
      </Text>
      {default_access === 'all' && (
        <Alert severity="warning" title="Whoever has no grant sees all costs" bottomSpacing={0}>
          Start the collector with CHARGEBACK_DEFAULT_ACCESS=none where costs are confidential between teams.
        </Alert>
      )}
      {grants.length === 0 ? (
        <EmptyState variant="call-to-action" hideImage message="Nobody has a grant yet">
          A grant says which workspaces a person, a team, everybody of an e-mail domain or an organization sees.
        </EmptyState>
      ) : (
        <PlainTable
          caption="Grants"
          columns={COLUMNS}
          rows={grants.map((grant, index) => ({
            key: String(index),
            cells: [
              <Stack key="for" gap={1} alignItems="center">
                <Badge color="blue" text={KINDS.find(({ value }) => value === whomOf(grant).kind)?.label ?? ''} />
                <Text>{whomOf(grant).who}</Text>
              </Stack>,
              seenWords(grant.workspaces),
              <Stack key="change" gap={1}>
                <IconButton
                  name="pen"
                  aria-label={`Change the grant of ${label(grant)}`}
                  onClick={() => setEditing(index)}
                />
                <IconButton
                  name="trash-alt"
                  aria-label={`Remove the grant of ${label(grant)}`}
                  onClick={() => setRemoving(index)}
                />
              </Stack>,
            ],
          }))}
        />
      )}
      {editing !== undefined && (
        <GrantDrawer
          grant={grants[editing]}
          saving={state}
          onClose={dismiss}
          onSave={(grant) =>
            save(
              editing < 0 ? [...grants, grant] : grants.map((one, index) => (index === editing ? grant : one)),
              `${label(grant)} sees ${seenWords(grant.workspaces)}.`,
            )
          }
        />
      )}
      <ConfirmModal
        isOpen={gone !== undefined}
        title={gone ? `Remove the grant of ${label(gone)}` : ''}
        body={
          <Stack direction="column" gap={2}>
            <Text>It holds for the next request. Other grants may still fit the same person.</Text>
            {state.state === 'failed' && (
              <Alert severity="error" title={state.error.title} bottomSpacing={0}>
                <Stack direction="column" gap={1}>
                  <span>{state.error.message}</span>
                  <WhatChanged error={state.error} />
                </Stack>
              </Alert>
            )}
          </Stack>
        }
        confirmText={state.state === 'sending' ? 'Removing…' : 'Remove'}
        disabled={state.state === 'sending'}
        onConfirm={() =>
          gone &&
          save(
            grants.filter((_, index) => index !== removing),
            `The grant of ${label(gone)} is removed.`,
          )
        }
        onDismiss={dismiss}
      />
    </Stack>
  );
}
