import { Alert, Button, Field, Input, SecretInput, Stack, Text, TextLink } from '@grafana/ui';
import { useState } from 'react';
import { switchMap } from 'rxjs';
import { saveConnection } from '../data/connection-settings';
import { useSend } from '../data/use-send';
import { PAGES } from '../plugin-id';
import { checkCollectorUrl } from './collector-url';
import { checkConnection, type ConnectionCheck } from './connection-checks';
import { ConnectionChecks } from './ConnectionChecks';
import type { ConfigPageProps } from './config-page-props';

/** Where the collector is and with which key Grafana may ask it; a test tells what does not work. */
export default function Connection({ plugin: { meta } }: ConfigPageProps) {
  const [saved, setSaved] = useState({
    url: meta.jsonData?.collectorUrl ?? '',
    hasKey: Boolean(meta.secureJsonFields?.collectorKey),
  });
  const [url, setUrl] = useState(saved.url);
  const [key, setKey] = useState('');
  const [replacingKey, setReplacingKey] = useState(!saved.hasKey);
  const [tested, setTested] = useState<{ url: string; checks: ConnectionCheck[] }>();
  const testing = useSend<ConnectionCheck[]>();
  const saving = useSend<ConnectionCheck[]>();

  const urlProblem = url === saved.url && url === '' ? undefined : checkCollectorUrl(url);
  const changed = url !== saved.url || key !== '';
  const busy = testing.state.state === 'sending' || saving.state.state === 'sending';
  const complete = url !== '' && !urlProblem && (key !== '' || (saved.hasKey && !replacingKey));
  // What was found holds for what is saved, not for what is being typed.
  const checks = changed || tested?.url !== saved.url ? undefined : tested.checks;

  const save = () => {
    const collectorUrl = url.trim().replace(/\/+$/, '');
    saving.send(
      saveConnection({ collectorUrl, key }, meta.pinned ?? true).pipe(switchMap(() => checkConnection())),
      (found) => {
        setSaved({ url: collectorUrl, hasKey: true });
        setUrl(collectorUrl);
        setKey('');
        setReplacingKey(false);
        setTested({ url: collectorUrl, checks: found });
      },
    );
  };
  const test = () => testing.send(checkConnection(), (found) => setTested({ url: saved.url, checks: found }));

  return (
    <Stack direction="column" gap={2} maxWidth={100}>
      <Text color="secondary">
        The collector meters and rates; Grafana asks it on behalf of its users. Both sides know a common key.
      </Text>
      <Field
        noMargin
        required
        label="Collector URL"
        description="As Grafana’s server reaches it, not your browser; for example http://127.0.0.1:8080"
        invalid={urlProblem !== undefined}
        error={urlProblem}
      >
        <Input
          id="collector-url"
          type="url"
          width={60}
          placeholder="http://127.0.0.1:8080"
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
      </Field>
      <Field
        noMargin
        required
        label="Key"
        description="The collector’s CHARGEBACK_GRAFANA_KEY; kept encrypted and never shown again"
      >
        <SecretInput
          id="collector-key"
          width={60}
          isConfigured={saved.hasKey && !replacingKey}
          value={key}
          onReset={() => setReplacingKey(true)}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
      </Field>
      <Stack gap={1} wrap="wrap">
        <Button
          icon={saving.state.state === 'sending' ? 'spinner' : 'save'}
          disabled={!changed || !complete || busy}
          onClick={save}
        >
          Save and test
        </Button>
        <Button
          variant="secondary"
          icon={testing.state.state === 'sending' ? 'spinner' : 'sync'}
          disabled={changed || saved.url === '' || busy}
          tooltip={changed ? 'The test asks with what is saved: save first' : undefined}
          onClick={test}
        >
          Test
        </Button>
      </Stack>
      {saving.state.state === 'failed' && (
        <Alert severity="error" title="The settings could not be saved">
          {saving.state.error.message}
        </Alert>
      )}
      {checks && <ConnectionChecks checks={checks} />}
      {checks?.every(({ outcome }) => outcome === 'ok') && <TextLink href={PAGES.chargeback}>Open Chargeback</TextLink>}
    </Stack>
  );
}
