import { Alert, Icon, Stack, Text } from '@grafana/ui';
import type { ConnectionCheck } from './connection-checks';

const LOOKS = {
  ok: { icon: 'check-circle', color: 'success', word: 'well' },
  failed: { icon: 'exclamation-triangle', color: 'error', word: 'not well' },
  unknown: { icon: 'question-circle', color: 'secondary', word: 'unknown' },
} as const;

/** What the test found, a line for each thing that must hold. */
export function ConnectionChecks({ checks }: { checks: ConnectionCheck[] }) {
  const failed = checks.filter(({ outcome }) => outcome === 'failed');
  return (
    <Alert
      severity={failed.length === 0 ? 'success' : 'error'}
      title={failed.length === 0 ? 'All is well' : `Not working: ${failed.map(({ name }) => name).join(', ')}`}
    >
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {checks.map(({ name, outcome, detail }) => (
          <li key={name} data-testid={`check-${name.toLowerCase()}`} data-outcome={outcome}>
            <Stack gap={1} alignItems="baseline">
              <Text color={LOOKS[outcome].color}>
                <Icon name={LOOKS[outcome].icon} title={LOOKS[outcome].word} />
              </Text>
              <Text weight="medium">{name}</Text>
              <Text>{detail}</Text>
            </Stack>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
