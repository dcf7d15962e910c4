import { Alert, Button, ClipboardButton, Drawer, Field, Input, RadioButtonGroup, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import { ROLES, type Role } from '../../../api/common';
import { TokenInput, type NewToken as MadeToken } from '../../../api/tokens';
import { createToken } from '../../data/access';
import { useSend } from '../../data/use-send';
import { WorkspacesField } from './WorkspacesField';

interface Props {
  onMade: () => void;
  onClose: () => void;
}

const DAYS = /^[1-9]\d{0,4}$/;
const LABELS: Record<Role, string> = { viewer: 'Viewer', editor: 'Editor', admin: 'Admin' };

/** Makes a bearer token, and shows it the only time that it can be seen. */
export function NewToken({ onMade, onClose }: Props) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [workspaces, setWorkspaces] = useState<string[]>([]);
  const [days, setDays] = useState('365');
  const [told, setTold] = useState(false);
  const [made, setMade] = useState<MadeToken>();
  const { state, send } = useSend<MadeToken>();
  const everything = workspaces.length === 0 || workspaces.includes('*');
  const daysProblem = days !== '' && !DAYS.test(days) ? 'must be a whole number of days, or empty' : undefined;
  const parsed = TokenInput.safeParse({ name: name.trim(), role, workspaces: everything ? null : workspaces });
  const nameProblem = told ? parsed.error?.issues.find(({ path }) => path[0] === 'name')?.message : undefined;
  const make = () => {
    setTold(true);
    if (parsed.success && !daysProblem) {
      const expires_at = days === '' ? null : new Date(Date.now() + Number(days) * 86_400_000).toISOString();
      send(createToken({ ...parsed.data, expires_at }), (token) => {
        setMade(token);
        onMade();
      });
    }
  };
  return (
    <Drawer title={made ? `Token ${made.name}` : 'New token'} size="sm" onClose={onClose}>
      {made ? (
        <Stack direction="column" gap={2}>
          <Alert severity="warning" title="Copy it now" bottomSpacing={0}>
            Only its hash is kept: it cannot be shown again.
          </Alert>
          <Field noMargin label="Bearer token">
            <Input
              id="made-token"
              readOnly
              value={made.token}
              onFocus={(event) => event.currentTarget.select()}
              addonAfter={
                <ClipboardButton icon="copy" getText={() => made.token}>
                  Copy
                </ClipboardButton>
              }
            />
          </Field>
          <div>
            <Button onClick={onClose}>Done</Button>
          </div>
        </Stack>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            make();
          }}
        >
          <Stack direction="column" gap={2}>
            <Field
              noMargin
              required
              label="Name"
              description="Where it is used; what it does is recorded under this name"
              invalid={nameProblem !== undefined}
              error={nameProblem}
            >
              <Input id="token-name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
            </Field>
            <Field noMargin label="Role">
              <RadioButtonGroup
                aria-label="Role"
                options={ROLES.map((value) => ({ value, label: LABELS[value] }))}
                value={role}
                onChange={setRole}
              />
            </Field>
            <WorkspacesField id="token-workspaces" value={workspaces} problem={undefined} onChange={setWorkspaces} />
            <Text color="secondary" variant="bodySmall">
              {everything ? 'It sees everything, also what is unallocated.' : `It sees ${workspaces.join(', ')}.`}
            </Text>
            <Field
              noMargin
              label="Expires after days"
              description="Empty: it does not expire"
              invalid={daysProblem !== undefined}
              error={daysProblem}
            >
              <Input
                id="token-days"
                width={12}
                inputMode="numeric"
                value={days}
                onChange={(event) => setDays(event.currentTarget.value)}
              />
            </Field>
            {state.state === 'failed' && (
              <Alert severity="error" title={state.error.title} bottomSpacing={0}>
                {state.error.message}
              </Alert>
            )}
            <Stack gap={1}>
              <Button type="submit" disabled={state.state === 'sending'}>
                {state.state === 'sending' ? 'Making…' : 'Make token'}
              </Button>
              <Button type="button" variant="secondary" fill="outline" onClick={onClose}>
                Cancel
              </Button>
            </Stack>
          </Stack>
        </form>
      )}
    </Drawer>
  );
}
