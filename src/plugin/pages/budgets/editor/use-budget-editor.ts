import { useCallback, useMemo, useState } from 'react';
import type { Budget, BudgetInput } from '../../../../api/budgets';
import type { Me } from '../../../../api/me';
import { notify } from '../../../components/notify';
import { useLeaveGuard } from '../../../components/use-leave-guard';
import { saveBudget } from '../../../data/budgets';
import { useSend } from '../../../data/use-send';
import { periodOf } from '../../../format/period';
import { formOf, type BudgetForm } from './budget-form';
import { checkBudget, problemsOf, type Problems } from './budget-problems';

export interface EditorStart {
  me: Me;
  /** The budget that is edited, or that a new one is made from; absent for one that begins empty. */
  budget?: Budget;
  asCopy: boolean;
  onSaved: (id: number) => void;
}

/** A budget as two people have it, and as it was before both. */
export interface Sides {
  base: Budget;
  theirs: Budget;
  mine: BudgetInput;
}

function firstForm({ me, budget, asCopy }: EditorStart): BudgetForm {
  const thisMonth = periodOf(new Date(), me.timezone);
  const form = formOf(budget, thisMonth, me.currency);
  return asCopy && budget ? { ...form, name: '', validFrom: thisMonth } : form;
}

/** A budget that is being written: what is typed, what is wrong with it, and saving it. */
export function useBudgetEditor(start: EditorStart) {
  const { me, budget, asCopy, onSaved } = start;
  /** What saving replaces; absent when it makes a new budget. */
  const [base, setBase] = useState(asCopy ? undefined : budget);
  const [first, setFirst] = useState(() => firstForm(start));
  const [form, setForm] = useState(first);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  /** Whether saving was asked for; from then on every problem shows. */
  const [attempted, setAttempted] = useState(false);
  const [faults, setFaults] = useState(0);
  const [kept, setKept] = useState<Sides>();
  const saving = useSend<Budget>();
  const unsaved = useMemo(() => JSON.stringify(form) !== JSON.stringify(first), [form, first]);
  const guard = useLeaveGuard(unsaved);

  const { budget: valid, problems } = useMemo(() => checkBudget(form), [form]);
  const refused = saving.state.state === 'failed' ? saving.state.error : undefined;
  const remote: Problems = useMemo(() => (refused ? problemsOf(refused, form) : new Map()), [refused, form]);

  return {
    form,
    base,
    valid,
    guard,
    attempted,
    /** How often saving was asked for that the problems stood in the way of. */
    faults,
    problems,
    remote,
    refused,
    busy: saving.state.state === 'sending',
    problemOf: (path: string) => (attempted || touched.has(path) ? problems.get(path) : undefined) ?? remote.get(path),
    touch: useCallback(
      (path: string) => setTouched((paths) => (paths.has(path) ? paths : new Set(paths).add(path))),
      [],
    ),
    change: (next: BudgetForm, path: string) => {
      setForm(next);
      setTouched((paths) => new Set(paths).add(path));
      saving.reset();
    },
    save: () => {
      setAttempted(true);
      if (!valid) {
        setFaults((count) => count + 1);
        return;
      }
      saving.send(saveBudget({ id: base?.id, version: base?.version }, valid), ({ id, name }) => {
        notify(`${name} is saved.`);
        guard.allow();
        onSaved(id);
      });
    },
    /** What was typed before somebody else's change was loaded; it is not in the form any more. */
    kept,
    /** Goes on from the budget as it is now, and keeps what was typed to look at. */
    load: (theirs: Budget) => {
      setKept(base && valid && { base, theirs, mine: valid });
      const next = formOf(theirs, periodOf(new Date(), me.timezone), me.currency);
      setBase(theirs);
      setFirst(next);
      setForm(next);
      setTouched(new Set());
      setAttempted(false);
      saving.reset();
    },
    /** Makes what is typed a new budget. */
    becomeNew: () => {
      setBase(undefined);
      saving.reset();
    },
  };
}

export type BudgetEditing = ReturnType<typeof useBudgetEditor>;
