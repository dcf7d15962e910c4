import { useCallback, useMemo, useState } from 'react';
import type { Preview, RateCard } from '../../../../api/rate-cards';
import { notify } from '../../../components/notify';
import { useLeaveGuard } from '../../../components/use-leave-guard';
import { previewRateCard, saveRateCard } from '../../../data/rate-cards';
import { useSend } from '../../../data/use-send';
import type { RatesData } from '../rates-data';
import type { Sides } from './CardSides';
import { isLargeChange } from './large-changes';
import { formOf, inputOf, validFromAt, type RateCardForm } from './rate-card-form';
import { checkRateCard, problemsOf, type Problems } from './rate-card-problems';

export interface EditorStart {
  data: RatesData;
  /** The card that is edited, or of which a new version is made; absent for a new one. */
  card?: RateCard;
  asNewVersion: boolean;
  /** The first moment of a prepared new version, an instant. */
  validFrom?: string;
  onSaved: (id: number) => void;
}

function firstForm({ data, card, asNewVersion, validFrom }: EditorStart): RateCardForm {
  const { timezone, currency } = data.me;
  const stored = formOf(card, data.meters, timezone, currency);
  if (!asNewVersion) {
    return stored;
  }
  // The notes say why the old price was; they would be wrong of the new one.
  const form = { ...stored, notes: '' };
  return validFrom === undefined
    ? { ...form, day: '', hour: '00', stored: undefined }
    : validFromAt(form, validFrom, timezone);
}

/** A card that is being written: what is typed, what is wrong with it, what it would cost whom, and saving it. */
export function useCardEditor(start: EditorStart) {
  const { data, card, asNewVersion, onSaved } = start;
  const { timezone } = data.me;
  /** What saving replaces; absent when it makes a new card. */
  const [base, setBase] = useState(asNewVersion ? undefined : card);
  const [first, setFirst] = useState(() => firstForm(start));
  const [form, setForm] = useState(first);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  /** Whether saving or previewing was asked for; from then on every problem shows. */
  const [attempted, setAttempted] = useState(false);
  const [faults, setFaults] = useState(0);
  const [preview, setPreview] = useState<{ of: RateCardForm; answer: Preview }>();
  const [kept, setKept] = useState<Sides>();
  const previewing = useSend<Preview>();
  const saving = useSend<RateCard>();
  const unsaved = useMemo(() => JSON.stringify(form) !== JSON.stringify(first), [form, first]);
  const guard = useLeaveGuard(unsaved);

  const { card: valid, problems } = useMemo(
    () => checkRateCard(inputOf(form, timezone), timezone, data.closedUntil),
    [form, timezone, data.closedUntil],
  );
  const failure = [saving.state, previewing.state].find((one) => one.state === 'failed');
  const refused = failure?.state === 'failed' ? failure.error : undefined;
  const remote: Problems = useMemo(() => (refused ? problemsOf(refused) : new Map()), [refused]);
  const previewed = preview?.of === form ? preview.answer : undefined;
  const target = { id: base?.id, version: base?.version };

  const forget = () => {
    previewing.reset();
    saving.reset();
  };
  const change = (next: RateCardForm, path: string) => {
    setForm(next);
    setTouched((paths) => new Set(paths).add(path));
    forget();
  };
  const askPreview = (then: (answer: Preview) => void) => {
    setAttempted(true);
    if (!valid) {
      setFaults((count) => count + 1);
    } else {
      previewing.send(previewRateCard(target, valid), (answer) => {
        setPreview({ of: form, answer });
        then(answer);
      });
    }
  };
  const saveNow = () => {
    if (valid) {
      saving.send(saveRateCard(target, valid), ({ id, name }) => {
        notify(`${name} is saved and in the figures.`);
        guard.allow();
        onSaved(id);
      });
    }
  };

  return {
    form,
    base,
    valid,
    guard,
    previewed,
    attempted,
    /** How often something was asked for that the problems stood in the way of. */
    faults,
    problems,
    remote,
    refused,
    busy: saving.state.state === 'sending' ? 'saving' : previewing.state.state === 'sending' ? 'previewing' : undefined,
    problemOf: (path: string) => (attempted || touched.has(path) ? problems.get(path) : undefined) ?? remote.get(path),
    touch: useCallback(
      (path: string) => setTouched((paths) => (paths.has(path) ? paths : new Set(paths).add(path))),
      [],
    ),
    change,
    showPreview: () => askPreview(() => undefined),
    /** Saves what was previewed; else previews it, and saves when no bill changes much. */
    save: () =>
      previewed
        ? saveNow()
        : askPreview(({ bills }) => {
            if (!bills.some(isLargeChange)) {
              saveNow();
            }
          }),
    /** What was typed before somebody else's change was loaded; it is not in the form any more. */
    kept,
    /** Goes on from the card as it is now, and keeps what was typed to look at. */
    load: (theirs: RateCard) => {
      setKept(base && valid && { base, theirs, mine: valid });
      const next = formOf(theirs, data.meters, timezone, data.me.currency);
      setBase(theirs);
      setFirst(next);
      setForm(next);
      setTouched(new Set());
      setAttempted(false);
      forget();
    },
    /** Makes what is typed a new card, from another moment on if one is given. */
    becomeNew: (validFrom?: string) => {
      setBase(undefined);
      setForm(validFrom === undefined ? { ...form } : validFromAt(form, validFrom, timezone));
      forget();
    },
  };
}

export type CardEditor = ReturnType<typeof useCardEditor>;
