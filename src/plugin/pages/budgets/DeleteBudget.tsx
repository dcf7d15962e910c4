import { Alert, Button, ConfirmModal, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import { catchError, of, switchMap, type Observable } from 'rxjs';
import type { Budget } from '../../../api/budgets';
import { WhatChanged } from '../../components/history/WhatChanged';
import { notify } from '../../components/notify';
import { deleteBudget } from '../../data/budgets';
import { removeBudgetAlert } from '../../data/grafana-alerts/budget-alert';
import { isAdministrator } from '../../data/is-administrator';
import { useSend } from '../../data/use-send';

interface Props {
  budget: Budget;
  onDeleted: () => void;
}

/** Deletes a budget, and the alert for its contacts where the user may; one that stays in Grafana finds nothing and is silent. */
function deleteWithAlert(budget: Budget): Observable<void> {
  return deleteBudget(budget).pipe(
    switchMap(() =>
      isAdministrator() ? removeBudgetAlert(budget).pipe(catchError(() => of(undefined))) : of(undefined),
    ),
  );
}

/** Deletes a budget after a question. */
export function DeleteBudget({ budget, onDeleted }: Props) {
  const [open, setOpen] = useState(false);
  const { state, send, reset } = useSend<void>();
  const close = () => {
    reset();
    setOpen(false);
  };
  return (
    <>
      <Button variant="destructive" fill="outline" icon="trash-alt" onClick={() => setOpen(true)}>
        Delete
      </Button>
      <ConfirmModal
        isOpen={open}
        title={`Delete ${budget.name}`}
        body={
          <Stack direction="column" gap={2}>
            <Text>
              Nobody is told of its thresholds any more. What was spent stays as it is, and so does its history.
            </Text>
            {state.state === 'failed' && (
              <Alert severity="error" title={state.error.title}>
                <Stack direction="column" gap={1}>
                  <span>{state.error.message}</span>
                  <WhatChanged error={state.error} />
                </Stack>
              </Alert>
            )}
          </Stack>
        }
        confirmText={state.state === 'sending' ? 'Deleting…' : 'Delete'}
        disabled={state.state === 'sending'}
        onConfirm={() =>
          send(deleteWithAlert(budget), () => {
            notify(`${budget.name} is deleted.`);
            setOpen(false);
            onDeleted();
          })
        }
        onDismiss={close}
      />
    </>
  );
}
