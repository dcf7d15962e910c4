import { Alert, Button, Stack, Text } from '@grafana/ui';
import { nameOfSeen } from '../../api/see-as-header';
import { stopSeeAs, useChosenPerson } from '../data/see-as';

/** Says that a page is seen as somebody else, and ends it. */
export function SeenAsBanner() {
  const person = useChosenPerson();
  if (!person) {
    return null;
  }
  const name = nameOfSeen(person);
  return (
    <Alert severity="info" title={`You see what ${name} sees`}>
      <Stack justifyContent="space-between" alignItems="center" wrap="wrap" gap={1}>
        <Text>
          {`The pages of Chargeback are shown as to ${person.role === 'editor' ? 'an editor' : 'a viewer'}. Nothing can be changed meanwhile. Dashboards and Grafana’s alerts stay as you see them.`}
        </Text>
        <Button variant="secondary" size="sm" icon="times" onClick={stopSeeAs}>
          Stop
        </Button>
      </Stack>
    </Alert>
  );
}
