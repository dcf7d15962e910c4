import { Alert, Button, LinkButton, Stack, Text } from '@grafana/ui';
import type { ApiError } from '../data/api-error';
import { isAdministrator } from '../data/is-administrator';
import { PAGES } from '../plugin-id';

interface Props {
  /** What could not be loaded, as the subject of a sentence: `The chargeback`. */
  what: string;
  error: ApiError;
  onRetry: () => void;
}

const CONNECTION_CODES = new Set(['COLLECTOR_UNREACHABLE', 'NOT_A_COLLECTOR']);

/** A request that failed: what happened, how to mend it, and the way to try again. */
export function RequestProblem({ what, error, onRetry }: Props) {
  const forbidden = error.status === 403;
  const connection = CONNECTION_CODES.has(error.code) || error.status === 401;
  const mayConfigure = isAdministrator();
  return (
    <Alert
      severity={forbidden ? 'warning' : 'error'}
      title={forbidden ? `${what} is not for your role` : `${what} could not be loaded`}
    >
      <Stack direction="column" gap={2}>
        <Stack direction="column" gap={0.5}>
          <Text weight="medium">{error.title}</Text>
          <Text>{error.message}</Text>
          {connection && !mayConfigure && <Text>An administrator of this organization can do that.</Text>}
          {(error.problems ?? []).map(({ path, message }) => (
            <Text key={`${path} ${message}`}>
              {path}: {message}
            </Text>
          ))}
        </Stack>
        <Stack gap={1}>
          <Button variant="secondary" icon="sync" onClick={onRetry}>
            Try again
          </Button>
          {connection && mayConfigure && (
            <LinkButton variant="secondary" icon="cog" href={PAGES.connection}>
              Open Connection
            </LinkButton>
          )}
        </Stack>
      </Stack>
    </Alert>
  );
}
