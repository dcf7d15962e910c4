import { Alert, ConfirmModal, Stack, Text } from '@grafana/ui';
import { useEffect, useRef } from 'react';
import { EditorProblems } from '../../../components/EditorProblems';
import { CardFields } from './CardFields';
import { CardSides } from './CardSides';
import { EditorActions } from './EditorActions';
import { EditorRefusal } from './EditorRefusal';
import { fieldId, fieldName } from './field-names';
import { PreviewEffect } from './PreviewEffect';
import { PriceFields } from './PriceFields';
import { useCardEditor, type EditorStart } from './use-card-editor';

interface Props extends EditorStart {
  onCancel: () => void;
}

function reveal(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: 'start' });
}

/** Writes a rate card: every problem as one types, and what it would cost whom before it is saved. */
export function RateCardEditor({ onCancel, ...start }: Props) {
  const { data, card, asNewVersion } = start;
  const { timezone } = data.me;
  const editor = useCardEditor(start);
  const { form, change, problemOf, touch, previewed, guard } = editor;
  const outcome = useRef<HTMLDivElement>(null);
  const shown = editor.refused ?? previewed;
  // Asking leads to the answer, be it problems or an effect; mending a problem leaves the focus where it is.
  useEffect(() => {
    if (editor.faults > 0) {
      reveal(outcome.current);
    }
  }, [editor.faults]);
  useEffect(() => {
    if (shown) {
      reveal(outcome.current);
    }
  }, [shown]);

  return (
    <Stack direction="column" gap={3}>
      <Stack direction="column" gap={0.5}>
        <Text element="h2" variant="h3">
          {card ? (asNewVersion ? `New version of ${card.name}` : `Edit ${card.name}`) : 'New rate card'}
        </Text>
        <Text color="secondary">
          {asNewVersion && card
            ? 'The version before stays as it is and holds until this one begins.'
            : card
              ? 'A change applies to every open hour that this version prices. To change the price from a later date on, make a new version.'
              : 'From its date on it sets the price of every meter that it names.'}
        </Text>
      </Stack>
      <CardFields form={form} data={data} problemOf={problemOf} onTouch={touch} onChange={change} />
      <PriceFields
        form={form}
        meters={data.meters}
        problemOf={problemOf}
        onTouch={touch}
        onChange={(slug, price, path) => change({ ...form, prices: { ...form.prices, [slug]: price } }, path)}
      />
      <div ref={outcome} tabIndex={-1} style={{ outline: 'none', scrollMargin: '96px 0' }}>
        <Stack direction="column" gap={2}>
          {editor.attempted && editor.problems.size > 0 && (
            <EditorProblems problems={editor.problems} nameOf={(path) => fieldName(path, form)} idOf={fieldId} />
          )}
          <EditorRefusal editor={editor} data={data} />
          {editor.kept && (
            <Alert
              severity="info"
              title="What you typed before is not in the card; here it is to look at"
              bottomSpacing={0}
            >
              <CardSides sides={editor.kept} data={data} />
            </Alert>
          )}
          {!editor.refused && previewed && <PreviewEffect preview={previewed} timeZone={timezone} />}
        </Stack>
      </div>
      <EditorActions editor={editor} onCancel={onCancel} />
      <ConfirmModal
        isOpen={guard.asked}
        title="Leave without saving?"
        body="What you changed here is not saved and would be lost."
        confirmText="Leave without saving"
        dismissText="Stay here"
        onConfirm={guard.leave}
        onDismiss={guard.stay}
      />
    </Stack>
  );
}
