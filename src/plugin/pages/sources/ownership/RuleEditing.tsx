import { useCallback } from 'react';
import type { DirectoryRule, Unmatched } from '../../../../api/directory';
import { formatMoney } from '../../../format/money';
import { useBilling } from '../../../billing/use-billing';
import { addRule, changeRule, rulesOf, type DirectoryDraft, type DraftRule } from './directory-draft';
import { RuleDrawer } from './RuleDrawer';
import { emptyPaths, formOf, type RuleForm, type RuleProblems } from './rule-form';
import { suggestRule } from './suggest-rule';

/** Which rule is being written: a new one, one for a resource that nobody owns, one for a part of another, or one of the draft. */
export type EditedRule =
  | { what: 'new' }
  | { what: 'assign'; unmatched: Unmatched['data'][number] }
  | { what: 'refine'; rule: DraftRule }
  | { what: 'change'; rule: DraftRule };

interface Props {
  edited: EditedRule;
  draft: DirectoryDraft;
  findings: ReadonlyMap<number, RuleProblems>;
  period: string;
  onClose: () => void;
  /** With what it makes of the draft, and where the rule then stands. */
  onPut: (step: (draft: DirectoryDraft) => DirectoryDraft, place: number) => void;
}

const NONE: string[] = [];
const BLANK: RuleForm = {
  match: [{ field: 'cluster', value: '' }],
  set: [{ field: 'workspace', value: '' }],
  validFrom: '',
};

/** What a rule for a part of another begins with: all that the other matches, and an application to be named. */
const partOf = (rule: DirectoryRule): RuleForm => ({
  ...formOf(rule),
  set: [
    { field: 'workspace', value: rule.set.workspace ?? '' },
    { field: 'application', value: '' },
  ],
});

/** The drawer for a rule, and how it gets into the draft. A new rule is offered the last place, where it takes nothing from others. */
export function RuleEditing({ edited, draft, findings, period, onClose, onPut }: Props) {
  const { currency } = useBilling();
  const key = edited.what === 'change' ? edited.rule.key : undefined;
  const beside = edited.what === 'change' || edited.what === 'refine' ? edited.rule : undefined;
  const group = beside?.group;
  const workspace = beside?.rule.set.workspace;
  const at = beside && draft.rules.findIndex((one) => one.key === beside.key);
  const step = useCallback(
    (rule: DirectoryRule, place: number) => (current: DirectoryDraft) =>
      key === undefined ? addRule(current, rule, place, group) : changeRule(current, key, rule),
    [key, group],
  );
  const directoryWith = useCallback(
    (rule: DirectoryRule, place: number) => rulesOf(step(rule, place)(draft)),
    [step, draft],
  );
  const common = {
    places: draft.rules.length + (key === undefined ? 1 : 0),
    place: at ?? draft.rules.length,
    placeable: at === undefined,
    within: group === undefined ? undefined : workspace,
    directoryWith,
    period,
    onCancel: onClose,
    onDone: (rule: DirectoryRule, place: number) => onPut(step(rule, place), place),
  };
  switch (edited.what) {
    case 'new':
      return <RuleDrawer {...common} title="Add a rule" start={BLANK} kept={NONE} findings={undefined} />;
    case 'assign':
      return (
        <RuleDrawer
          {...common}
          title="Assign an owner"
          subtitle={`A rule for a resource of ${formatMoney(edited.unmatched.cost, currency)}, proposed from what is known of it`}
          start={suggestRule(edited.unmatched.resource)}
          observed={edited.unmatched.resource}
          kept={NONE}
          findings={undefined}
        />
      );
    case 'refine':
      return (
        <RuleDrawer
          {...common}
          title={`Add a rule for a part of rule ${(at ?? 0) + 1}`}
          subtitle={`It stands before rule ${(at ?? 0) + 1}, so that it is asked first. Narrow what it matches.`}
          start={partOf(edited.rule.rule)}
          kept={emptyPaths(formOf(edited.rule.rule))}
          findings={undefined}
        />
      );
    case 'change':
      return (
        <RuleDrawer
          {...common}
          title={`Edit rule ${(at ?? 0) + 1}`}
          start={formOf(edited.rule.rule)}
          kept={emptyPaths(formOf(edited.rule.rule))}
          findings={at === undefined ? undefined : findings.get(at)}
        />
      );
  }
}
