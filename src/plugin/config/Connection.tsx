import { Alert, Button, Field, Input, SecretInput, Stack, Text, TextLink } from '@grafana/ui';
import { useState } from 'react';
import { switchMap } from 'rxjs';
import { FirstRunSteps } from '../components/first-run/FirstRunSteps';
import { saveConnection } from '../data/connection-settings';
import { useSend } from '../data/use-send';
import { PAGES } from '../plugin-id';
import { checkCollectorUrl } from './collector-url';
import type { ConnectionCheck } from './connection-check';
import { checkConnection } from './connection-checks';
import { ConnectionChecks } from './ConnectionChecks';
import type { ConfigPageProps } from './config-page-props';
import { FactsDatasource } from './FactsDatasource';

/** Where the collector is and with which key Grafana may ask it; a test tells what does not work, steps what to do next. */
export default function Connection({ plugin: { meta } }: ConfigPageProps) {
  const [saved, setSaved] = useState({
    url: meta.jsonData?.collectorUrl ?? '',
    facts: meta.jsonData?.factsDatasource,
    hasKey: Boolean(meta.secureJsonFields?.collectorKey),
  });
  const [url, setUrl] = useState(saved.url);
  const [facts, setFacts] = useState(saved.facts);
  const [key, setKey] = useState('');
  const [replacingKey, setReplacingKey] = useState(!saved.hasKey);
  const [tested, setTested] = useState<ConnectionCheck[]>();
  const testing = useSend<ConnectionCheck[]>();
  const saving = useSend<ConnectionCheck[]>();

  const urlProblem = url === saved.url && url === '' ? undefined : checkCollectorUrl(url);
  const changed = url !== saved.url || key !== '' || facts !== saved.facts;
  const busy = testing.state.state === 'sending' || saving.state.state === 'sending';
  const complete = url !== '' && !urlProblem && (key !== '' || (saved.hasKey && !replacingKey));
  // What was found holds for what is saved, not for what is being typed.
  const checks = changed ? undefined : tested;
  const check = (factsDatasource: string | undefined) =>
    checkConnection({ appVersion: meta.info.version, factsDatasource });

  const save = () => {
    const collectorUrl = url.trim().replace(/\/+$/, '');
    saving.send(
      // Only what was changed here: another administrator may have changed the rest meanwhile.
      saveConnection({ collectorUrl, key, ...(facts === saved.facts ? {} : { factsDatasource: facts }) }).pipe(
        switchMap(() => check(facts)),
      ),
      (found) => {
        setSaved({ url: collectorUrl, facts, hasKey: true });
        setUrl(collectorUrl);
        setKey('');
        setReplacingKey(false);
        setTested(found);
      },
    );
  };
  const test = () => testing.send(check(saved.facts), setTested);

  return (
    <Stack direction="column" gap={3} maxWidth={120}>
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
      <FactsDatasource uid={facts} saved={facts === saved.facts} onChange={setFacts} />
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
        <Alert severity="error" title="The settings could not be saved" bottomSpacing={0}>
          {saving.state.error.message}
        </Alert>
      )}
      {checks && <ConnectionChecks checks={checks} />}
      {checks?.every(({ outcome }) => outcome !== 'failed') && (
        <TextLink href={PAGES.chargeback} inline={false}>
          Open Chargeback
        </TextLink>
      )}
      {/* Asked again when another collector was saved. */}
      <FirstRunSteps key={`${saved.url} ${saved.hasKey}`} foldWhenDone />
    </Stack>
  );
}
