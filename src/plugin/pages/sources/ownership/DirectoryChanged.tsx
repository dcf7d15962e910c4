import { Alert, Button, Stack } from '@grafana/ui';
import type { Directory } from '../../../../api/directory';
import { WhatChanged } from '../../../components/history/WhatChanged';
import type { ApiError } from '../../../data/api-error';
import { getDirectory } from '../../../data/directory';
import { useSend } from '../../../data/use-send';

interface Props {
  /** The collector's refusal, which says who changed the directory and when. */
  error: ApiError;
  onRebase: (theirs: Directory) => void;
  onTheirs: (theirs: Directory) => void;
}

/** Somebody else saved the directory: the draft is still there, and nothing of theirs is overwritten. */
export function DirectoryChanged({ error, onRebase, onTheirs }: Props) {
  const loading = useSend<Directory>();
  const busy = loading.state.state === 'sending';
  return (
    <Alert severity="warning" title={error.title} bottomSpacing={0}>
      <Stack direction="column" gap={1}>
        <span>{error.message}</span>
        <WhatChanged error={error} />
        <span>Your draft is kept.</span>
        {loading.state.state === 'failed' && <span>{loading.state.error.message}</span>}
        <Stack gap={1} wrap="wrap">
          <Button icon="sync" disabled={busy} onClick={() => loading.send(getDirectory(), onRebase)}>
            Put my changes onto theirs
          </Button>
          <Button variant="secondary" disabled={busy} onClick={() => loading.send(getDirectory(), onTheirs)}>
            Discard my draft and load theirs
          </Button>
        </Stack>
      </Stack>
    </Alert>
  );
}
