import { Alert, Button, Stack, Text } from '@grafana/ui';
import { useMemo, useState } from 'react';
import type { Preview, RateCard } from '../../../api/rate-cards';
import { previewRateCard, saveRateCard } from '../../data/rate-cards';
import { useSend } from '../../data/use-send';
import { notify } from '../../components/notify';
import { CardFields } from './CardFields';
import { EditorProblems } from './EditorProblems';
import { PreviewTable } from './PreviewTable';
import { PriceFields } from './PriceFields';
import { formOf, inputOf, type PriceForm, type RateCardForm } from './rate-card-form';
import { checkRateCard, problemsOf } from './rate-card-problems';
import type { RatesData } from './rates-data';

interface Props {
  data: RatesData;
  /** The card that is edited, or of which a new version is made; absent for a new one. */
  card?: RateCard;
  asNewVersion: boolean;
  onSaved: () => void;
  onCancel: () => void;
  /** Reads the cards again, after somebody else changed this one. */
  onReload: () => void;
}

/** Writes a rate card: every problem as one types, and what it would cost whom before it is saved. */
export function RateCardEditor({ data, card, asNewVersion, onSaved, onCancel, onReload }: Props) {
  const { timezone, currency } = data.me;
  const [form, setForm] = useState<RateCardForm>(() => {
    const start = formOf(card, data.meters, timezone, currency);
    return asNewVersion ? { ...start, day: '', hour: '00' } : start;
  });
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [attempted, setAttempted] = useState(false);
  const [preview, setPreview] = useState<{ of: RateCardForm; answer: Preview }>();
  const previewing = useSend<Preview>();
  const saving = useSend<RateCard>();

  const { card: valid, problems } = useMemo(() => checkRateCard(inputOf(form, timezone)), [form, timezone]);
  const failure = [saving.state, previewing.state].find((one) => one.state === 'failed');
  const refused = failure?.state === 'failed' ? failure.error : undefined;
  const remote = useMemo(() => (refused ? problemsOf(refused) : new Map<string, string>()), [refused]);
  const problemOf = (path: string) =>
    (attempted || touched.has(path) ? problems.get(path) : undefined) ?? remote.get(path);
  const target = asNewVersion ? {} : { id: card?.id, version: card?.version };
  const previewed = preview?.of === form ? preview.answer : undefined;
  const busy = saving.state.state === 'sending' || previewing.state.state === 'sending';

  const change = (next: RateCardForm, path: string) => {
    setForm(next);
    setTouched((paths) => new Set(paths).add(path));
    previewing.reset();
    saving.reset();
  };
  const changePrice = (slug: string, price: PriceForm, path: string) =>
    change({ ...form, prices: { ...form.prices, [slug]: price } }, path);
  const showPreview = () => {
    setAttempted(true);
    if (valid) {
      previewing.send(previewRateCard(target, valid), (answer) => setPreview({ of: form, answer }));
    }
  };
  const save = () => {
    if (valid) {
      saving.send(saveRateCard(target, valid), ({ name }) => {
        notify(`${name} is saved and in the figures.`);
        onSaved();
      });
    }
  };

  return (
    <Stack direction="column" gap={2}>
      <Text element="h2" variant="h4">
        {card ? (asNewVersion ? `New version of ${card.name}` : `Edit ${card.name}`) : 'New rate card'}
      </Text>
      <CardFields form={form} timeZone={timezone} problemOf={problemOf} onChange={change} />
      <PriceFields form={form} meters={data.meters} problemOf={problemOf} onChange={changePrice} />
      {attempted && problems.size > 0 && <EditorProblems problems={problems} />}
      {refused && (
        <Alert severity="error" title={refused.title}>
          <Stack direction="column" gap={1}>
            <Text>{refused.message}</Text>
            {[...remote].map(([path, message]) => (
              <Text key={path}>{`${path}: ${message}`}</Text>
            ))}
            {refused.code === 'RATE_CARD_CHANGED' && (
              <div>
                <Button variant="secondary" icon="sync" onClick={onReload}>
                  Discard my changes and load the saved card
                </Button>
              </div>
            )}
          </Stack>
        </Alert>
      )}
      {previewed && <PreviewTable preview={previewed} timeZone={timezone} />}
      <Stack gap={1} wrap="wrap">
        <Button
          variant={previewed ? 'secondary' : 'primary'}
          icon={previewing.state.state === 'sending' ? 'spinner' : 'eye'}
          disabled={busy}
          onClick={showPreview}
        >
          Preview the effect
        </Button>
        <Button
          icon={saving.state.state === 'sending' ? 'spinner' : 'save'}
          disabled={!previewed || !valid || busy}
          tooltip={previewed ? undefined : 'Look at the effect first: Preview'}
          onClick={save}
        >
          {saving.state.state === 'sending' ? 'Saving and rating again…' : 'Save'}
        </Button>
        <Button variant="secondary" fill="outline" disabled={saving.state.state === 'sending'} onClick={onCancel}>
          Cancel
        </Button>
      </Stack>
    </Stack>
  );
}
