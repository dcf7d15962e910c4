import { Alert, Icon, Stack, Text, type AlertVariant } from '@grafana/ui';
import type { ConnectionCheck } from './connection-check';

const LOOKS = {
  ok: { icon: 'check-circle', color: 'success', word: 'well' },
  failed: { icon: 'exclamation-triangle', color: 'error', word: 'not well' },
  unknown: { icon: 'question-circle', color: 'secondary', word: 'unknown' },
} as const;

/** The verdict over all checks. That figures are behind, or that dashboards have no good source, is no fault of the connection. */
function verdict(checks: ConnectionCheck[]): { severity: AlertVariant; title: string } {
  const failed = checks.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name);
  if (failed.length === 0) {
    return { severity: 'success', title: 'All is well' };
  }
  const [behind, facts] = [failed.includes('Data'), failed.includes('Facts')];
  if (failed.length > Number(behind) + Number(facts)) {
    return { severity: 'error', title: `Not working: ${failed.join(', ')}` };
  }
  const buts = [...(behind ? ['the figures are behind'] : []), ...(facts ? ['the data source is not right'] : [])];
  return { severity: 'warning', title: `The connection works, but ${buts.join(' and ')}` };
}

/** What the test found, a line for each thing that must hold. */
export function ConnectionChecks({ checks }: { checks: ConnectionCheck[] }) {
  return (
    <Alert {...verdict(checks)} bottomSpacing={0}>
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {checks.map(({ name, outcome, detail, problems = [] }) => (
          <li key={name} data-testid={`check-${name.toLowerCase()}`} data-outcome={outcome}>
            <Stack gap={1} alignItems="baseline">
              <Text color={LOOKS[outcome].color}>
                <Icon name={LOOKS[outcome].icon} title={LOOKS[outcome].word} />
              </Text>
              <Text weight="medium">{name}</Text>
              <Text>{detail}</Text>
            </Stack>
            {problems.length > 0 && (
              <ul style={{ margin: '0 0 0 44px' }}>
                {problems.map((problem) => (
                  <li key={problem}>{problem}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
