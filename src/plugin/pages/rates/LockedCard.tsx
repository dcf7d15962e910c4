import { Alert, Button, Stack, Text } from '@grafana/ui';
import { formatValidFrom } from '../../format/time';
import type { RatesData } from './rates-data';

interface Props {
  data: Pick<RatesData, 'closedUntil' | 'me'>;
  /** Prepares a new version from a moment on; absent for those who may not. */
  onNewVersion?: (validFrom: string) => void;
}

/** Why a version that priced closed months stays as it is, and what to do instead. */
export function LockedCard({ data: { closedUntil, me }, onNewVersion }: Props) {
  if (closedUntil === null) {
    return null;
  }
  const open = formatValidFrom(closedUntil, me.timezone);
  return (
    <Alert severity="info" title={`It has priced closed months, until ${open}, and stays as it is`} bottomSpacing={0}>
      <Stack direction="column" gap={1}>
        <Text>
          {`Statements of closed months are final, and so are the prices behind them. To charge another price from now on, make a new version that is valid from ${open} (${me.timezone}) or later; what is closed keeps this one.`}
        </Text>
        {onNewVersion && (
          <div>
            <Button variant="secondary" icon="copy" onClick={() => onNewVersion(closedUntil)}>
              {`New version from ${open}`}
            </Button>
          </div>
        )}
      </Stack>
    </Alert>
  );
}
