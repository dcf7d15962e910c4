import { Alert, Button, Stack, Text } from '@grafana/ui';
import { nameOfSeen } from '../../api/see-as-header';
import { stopSeeAs, useChosenPerson } from '../data/see-as';

interface Props {
  /** In the configuration one stays oneself. */
  inConfiguration?: boolean;
}

/** Says that the app's pages are seen as somebody else, and ends it. */
export function SeenAsBanner({ inConfiguration = false }: Props) {
  const person = useChosenPerson();
  if (!person) {
    return null;
  }
  const pages = `The pages of Chargeback are shown as to ${person.role === 'editor' ? 'an editor' : 'a viewer'}.`;
  return (
    <Alert severity="info" title={`You see what ${nameOfSeen(person)} sees`}>
      <Stack justifyContent="space-between" alignItems="center" wrap="wrap" gap={1}>
        <Text>
          {inConfiguration
            ? `${pages} Here you are yourself.`
            : `${pages} Nothing can be changed meanwhile. Dashboards and Grafana’s alerts stay as you see them.`}
        </Text>
        <Button variant="secondary" size="sm" icon="times" onClick={stopSeeAs}>
          Stop
        </Button>
      </Stack>
    </Alert>
  );
}
