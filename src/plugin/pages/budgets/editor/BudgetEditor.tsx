import { Alert, Button, ConfirmModal, Stack, Text } from '@grafana/ui';
import { useEffect, useRef } from 'react';
import { BackTest } from './BackTest';
import { fieldId, problemName } from './budget-problems';
import { BudgetFields } from './BudgetFields';
import { BudgetSides } from './BudgetSides';
import { EditorRefusal } from './EditorRefusal';
import { EditorBar } from '../../../components/EditorBar';
import { EditorProblems } from '../../../components/EditorProblems';
import { useBudgetEditor, type EditorStart } from './use-budget-editor';

interface Props extends EditorStart {
  onCancel: () => void;
}

/** Writes a budget: every problem as one types, and how it would have done. */
export function BudgetEditor({ onCancel, ...start }: Props) {
  const { me, budget, asCopy } = start;
  const editor = useBudgetEditor(start);
  const { form, change, problemOf, touch, guard, refused } = editor;
  const outcome = useRef<HTMLDivElement>(null);
  // Asking to save leads to what stands in the way; mending it leaves the focus where it is.
  useEffect(() => {
    if (editor.faults > 0 || refused) {
      outcome.current?.focus({ preventScroll: true });
      outcome.current?.scrollIntoView({ block: 'start' });
    }
  }, [editor.faults, refused]);

  return (
    <Stack direction="column" gap={3}>
      <Text element="h2" variant="h3">
        {!budget ? 'New budget' : asCopy ? `New budget like ${budget.name}` : `Edit ${budget.name}`}
      </Text>
      <BudgetFields form={form} problemOf={problemOf} onTouch={touch} onChange={change} />
      <div ref={outcome} tabIndex={-1} style={{ outline: 'none', scrollMargin: '96px 0' }}>
        <Stack direction="column" gap={2}>
          {editor.attempted && editor.problems.size > 0 && (
            <EditorProblems problems={editor.problems} nameOf={problemName} idOf={fieldId} />
          )}
          <EditorRefusal editor={editor} timeZone={me.timezone} />
          {editor.kept && (
            <Alert
              severity="info"
              title="What you typed before is not in the budget; here it is to look at"
              bottomSpacing={0}
            >
              <BudgetSides sides={editor.kept} />
            </Alert>
          )}
        </Stack>
      </div>
      <BackTest form={form} />
      <EditorBar>
        <Button icon={editor.busy ? 'spinner' : 'save'} disabled={editor.busy} onClick={editor.save}>
          {editor.busy ? 'Saving…' : 'Save'}
        </Button>
        <Button variant="secondary" fill="outline" disabled={editor.busy} onClick={onCancel}>
          Cancel
        </Button>
      </EditorBar>
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
