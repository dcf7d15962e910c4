import { Alert, Badge, Button, ConfirmModal, EmptyState, IconButton, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import type { AccessToken } from '../../../api/tokens';
import { MutedBadge } from '../../components/MutedBadge';
import { notify } from '../../components/notify';
import { PageSkeleton } from '../../components/PageSkeleton';
import { PlainTable } from '../../components/PlainTable';
import { RequestProblem } from '../../components/RequestProblem';
import { listTokens, revokeToken } from '../../data/access';
import { useResource } from '../../data/use-resource';
import { useSend } from '../../data/use-send';
import { formatAge, formatInstant } from '../../format/time';
import { NewToken } from './NewToken';
import { seenWords } from './grant-words';

interface Props {
  /** The billing time zone, in which times are told. */
  timeZone: string;
}

const COLUMNS = [
  { title: 'Name', width: '18%' },
  { title: 'Role', tight: true },
  { title: 'Sees', width: '28%' },
  { title: 'State', tight: true },
  { title: 'Expires', tight: true },
  { title: 'Last used', tight: true },
  { title: 'Made by', tight: true },
  { title: 'Revoke', tight: true },
];

/** Bearer tokens of the API: who has which, until when, and used when last. */
export function Tokens({ timeZone }: Props) {
  const tokens = useResource(listTokens);
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<AccessToken>();
  const { state, send, reset } = useSend<AccessToken>();
  const close = () => {
    reset();
    setRevoking(undefined);
  };
  const cells = (token: AccessToken) => [
    token.name,
    token.role,
    seenWords(token.workspaces),
    token.state === 'revoked' ? (
      <MutedBadge key="state" text={token.state} />
    ) : (
      <Badge key="state" color={token.state === 'active' ? 'green' : 'orange'} text={token.state} />
    ),
    token.expires_at ? formatInstant(token.expires_at, timeZone) : 'never',
    token.last_used_at ? (
      <span key="used" title={formatInstant(token.last_used_at, timeZone)}>
        {formatAge(token.last_used_at)}
      </span>
    ) : (
      'never'
    ),
    token.created_by,
    token.state === 'revoked' ? null : (
      <IconButton
        key="revoke"
        name="trash-alt"
        aria-label={`Revoke the token ${token.name}`}
        onClick={() => setRevoking(token)}
      />
    ),
  ];
  return (
    <Stack direction="column" gap={2}>
      <Stack justifyContent="space-between" alignItems="center" wrap="wrap">
        <Text element="h3">Tokens</Text>
        <Button icon="plus" onClick={() => setMaking(true)}>
          New token
        </Button>
      </Stack>
      <Text color="secondary">
        Bearer tokens of the HTTP API, for programs. Grants do not apply to them: a token says itself what it sees.
        Times are in {timeZone}.
      </Text>
      {tokens.state === 'loading' && <PageSkeleton />}
      {tokens.state === 'failed' && <RequestProblem what="The tokens" error={tokens.error} onRetry={tokens.reload} />}
      {tokens.state === 'loaded' &&
        (tokens.value.length === 0 ? (
          <EmptyState variant="call-to-action" hideImage message="There are no tokens yet">
            Programs that ask the API, such as a monthly export, each get one of their own with “New token”.
          </EmptyState>
        ) : (
          <PlainTable
            caption="Tokens"
            columns={COLUMNS}
            rows={tokens.value.map((token) => ({ key: String(token.id), cells: cells(token) }))}
          />
        ))}
      {making && <NewToken onMade={tokens.reload} onClose={() => setMaking(false)} />}
      <ConfirmModal
        isOpen={revoking !== undefined}
        title={`Revoke ${revoking?.name ?? ''}`}
        body={
          <Stack direction="column" gap={2}>
            <Text>What uses it is refused from now on, for ever.</Text>
            {state.state === 'failed' && (
              <Alert severity="error" title={state.error.title} bottomSpacing={0}>
                {state.error.message}
              </Alert>
            )}
          </Stack>
        }
        confirmText={state.state === 'sending' ? 'Revoking…' : 'Revoke'}
        disabled={state.state === 'sending'}
        onConfirm={() =>
          revoking &&
          send(revokeToken(revoking), ({ name }) => {
            notify(`The token ${name} is revoked.`);
            close();
            tokens.reload();
          })
        }
        onDismiss={close}
      />
    </Stack>
  );
}
