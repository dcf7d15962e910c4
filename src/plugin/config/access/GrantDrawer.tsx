import { Alert, Button, Drawer, Field, Input, RadioButtonGroup, Stack } from '@grafana/ui';
import { useState } from 'react';
import { WhatChanged } from '../../components/history/WhatChanged';
import { Grant } from '../../../api/access';
import type { SendState } from '../../data/send-state';
import { grantOf, KINDS, whomOf, type GrantKind } from './grant-words';
import { WorkspacesField } from './WorkspacesField';

interface Props {
  /** The grant to change; without one a new one is written. */
  grant: Grant | undefined;
  saving: SendState;
  onSave: (grant: Grant) => void;
  onClose: () => void;
}

/** Writes a grant: for whom, and which workspaces. */
export function GrantDrawer({ grant, saving, onSave, onClose }: Props) {
  const start = grant ? whomOf(grant) : { kind: 'login' as const, who: '' };
  const [kind, setKind] = useState<GrantKind>(start.kind);
  const [who, setWho] = useState(start.who);
  const [workspaces, setWorkspaces] = useState(grant?.workspaces ?? []);
  const [told, setTold] = useState(false);
  const parsed = Grant.safeParse(grantOf(kind, who.trim(), workspaces));
  const problemOf = (field: string) =>
    told ? parsed.error?.issues.find(({ path }) => path[0] === field)?.message : undefined;
  const { ask, hint } = KINDS.find(({ value }) => value === kind) ?? KINDS[0];
  return (
    <Drawer title={grant ? 'Change a grant' : 'New grant'} size="sm" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setTold(true);
          if (parsed.success) {
            onSave(parsed.data);
          }
        }}
      >
        <Stack direction="column" gap={2}>
          <Field noMargin label="For a">
            <RadioButtonGroup
              aria-label="For a"
              options={KINDS.map(({ value, label }) => ({ value, label }))}
              value={kind}
              onChange={setKind}
            />
          </Field>
          <Field
            noMargin
            required
            label={ask}
            description={hint}
            invalid={problemOf(kind) !== undefined}
            error={problemOf(kind)}
          >
            <Input id="grant-who" value={who} onChange={(event) => setWho(event.currentTarget.value)} />
          </Field>
          <WorkspacesField
            id="grant-workspaces"
            value={workspaces}
            problem={problemOf('workspaces')}
            onChange={setWorkspaces}
          />
          {saving.state === 'failed' && (
            <Alert severity="error" title={saving.error.title} bottomSpacing={0}>
              <Stack direction="column" gap={1}>
                <span>{saving.error.message}</span>
                <WhatChanged error={saving.error} />
                {saving.error.status === 412 && <span>Close this to see the grants as they are now.</span>}
              </Stack>
            </Alert>
          )}
          <Stack gap={1}>
            <Button type="submit" disabled={saving.state === 'sending'}>
              {saving.state === 'sending' ? 'Saving…' : 'Save'}
            </Button>
            <Button type="button" variant="secondary" fill="outline" onClick={onClose}>
              Cancel
            </Button>
          </Stack>
        </Stack>
      </form>
    </Drawer>
  );
}
