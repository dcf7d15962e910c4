import { locationService } from '@grafana/runtime';
import { Alert, Button, Field, Input, RadioButtonGroup, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import type { EffectiveAccess } from '../../../api/access';
import { nameOfSeen } from '../../../api/see-as-header';
import { getEffectiveAccess, type Person } from '../../data/access';
import { beginSeeAs, type SeenPerson } from '../../data/see-as';
import { useSend } from '../../data/use-send';
import { PAGES } from '../../plugin-id';
import { seenWords, whomOf } from './grant-words';

interface Props {
  /** Of the grants in force: what was found by others is no longer said. */
  version: number;
}

const ROLES = [
  { value: 'viewer' as const, label: 'Viewer' },
  { value: 'editor' as const, label: 'Editor' },
];

/** What somebody sees who is no administrator: tried before they come, with the grants in force; in words, or on the pages. */
export function SeeAs({ version }: Props) {
  const [login, setLogin] = useState('');
  const [teams, setTeams] = useState('');
  const [email, setEmail] = useState('');
  const [organization, setOrganization] = useState('');
  const [role, setRole] = useState<NonNullable<SeenPerson['role']>>('viewer');
  const [found, setFound] = useState<{ by: number; access: EffectiveAccess; person: Person }>();
  const { state, send } = useSend<EffectiveAccess>();
  const filled = [login, teams, email, organization].some((text) => text.trim() !== '');
  const field = (label: string, id: string, value: string, change: (text: string) => void, placeholder: string) => (
    <Field noMargin label={label}>
      <Input
        id={id}
        width={24}
        placeholder={placeholder}
        value={value}
        onChange={(event) => {
          setFound(undefined);
          change(event.currentTarget.value);
        }}
      />
    </Field>
  );
  return (
    <Stack direction="column" gap={2}>
      <Text element="h3">See as</Text>
      <Text color="secondary">What somebody sees who is no administrator, by the grants above.</Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const given = (text: string) => text.trim() || undefined;
          const team = teams
            .split(',')
            .map((one) => one.trim())
            .filter(Boolean);
          const person = {
            login: given(login),
            team: team.length > 0 ? team : undefined,
            email: given(email),
            organization: given(organization),
          };
          send(getEffectiveAccess(person), (access) => setFound({ by: version, access, person }));
        }}
      >
        <Stack gap={2} wrap="wrap" alignItems="flex-end">
          {field('Login', 'see-as-login', login, setLogin, 'ann')}
          {field('Teams', 'see-as-teams', teams, setTeams, '7, Payments people')}
          {field('Verified e-mail', 'see-as-email', email, setEmail, 'ann@example.com')}
          {field('Organization', 'see-as-organization', organization, setOrganization, 'Main Org.')}
          <Button type="submit" variant="secondary" icon="eye" disabled={!filled || state.state === 'sending'}>
            {state.state === 'sending' ? 'Looking…' : 'Look'}
          </Button>
        </Stack>
      </form>
      {state.state === 'failed' && (
        <Alert severity="error" title={state.error.title} bottomSpacing={0}>
          {state.error.message}
        </Alert>
      )}
      {found?.by === version && (
        <div role="status">
          <Stack direction="column" gap={1} alignItems="flex-start">
            <Text weight="medium">Sees {seenWords(found.access.workspaces)}.</Text>
            <Text color="secondary">
              {found.access.by_default
                ? 'No grant fits; CHARGEBACK_DEFAULT_ACCESS decides.'
                : `By ${found.access.grants.map(({ place, grant }) => `grant ${place} (${whomOf(grant).who})`).join(', ')}.`}
            </Text>
            <Stack gap={2} wrap="wrap" alignItems="center">
              <RadioButtonGroup aria-label="Role in Grafana" options={ROLES} value={role} onChange={setRole} />
              <Button
                icon="eye"
                onClick={() => {
                  beginSeeAs({ ...found.person, role });
                  locationService.push(PAGES.chargeback);
                }}
              >
                {`See the pages as ${nameOfSeen(found.person)}`}
              </Button>
            </Stack>
          </Stack>
        </div>
      )}
    </Stack>
  );
}
