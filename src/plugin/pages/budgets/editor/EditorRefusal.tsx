import { Alert, Stack, Text } from '@grafana/ui';
import { useCallback } from 'react';
import type { Budget, BudgetInput } from '../../../../api/budgets';
import { ChangedMeanwhile } from '../../../components/ChangedMeanwhile';
import { getBudget } from '../../../data/budgets';
import { problemName } from './budget-problems';
import { BudgetSides } from './BudgetSides';
import type { BudgetEditing } from './use-budget-editor';

interface Props {
  editor: BudgetEditing;
  timeZone: string;
}

/** What the collector refused, in its words, and what to do about it. */
export function EditorRefusal({ editor, timeZone }: Props) {
  const { refused, remote, base, valid } = editor;
  if (!refused) {
    return null;
  }
  if (base && valid && (refused.status === 412 || refused.status === 404)) {
    return <BudgetChanged base={base} mine={valid} editor={editor} timeZone={timeZone} />;
  }
  return (
    <Alert severity="error" title={refused.title} bottomSpacing={0}>
      <Stack direction="column" gap={0.5}>
        <Text>{refused.message}</Text>
        {[...remote].map(([path, message]) => (
          <Text key={path}>{`${problemName(path)}: ${message}`}</Text>
        ))}
      </Stack>
    </Alert>
  );
}

/** The budget was changed or deleted since the editing began. */
function BudgetChanged({ base, mine, editor, timeZone }: Props & { base: Budget; mine: BudgetInput }) {
  const { id } = base;
  return (
    <ChangedMeanwhile
      name={base.name}
      kind="budget"
      timeZone={timeZone}
      load={useCallback(() => getBudget(id), [id])}
      compare={(theirs) => <BudgetSides sides={{ base, theirs, mine }} />}
      onLoad={editor.load}
      onNew={editor.becomeNew}
    />
  );
}
