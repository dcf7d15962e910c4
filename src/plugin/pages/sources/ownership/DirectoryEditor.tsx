import { Stack, Text } from '@grafana/ui';
import { useCallback, useState } from 'react';
import type { Directory } from '../../../../api/directory';
import { seesEverything, useBilling } from '../../../billing/use-billing';
import { PeriodPicker } from '../../../components/costs/PeriodPicker';
import { commonFailure } from '../../../components/costs/use-costs';
import { RequestProblem } from '../../../components/RequestProblem';
import { getDirectoryMatches } from '../../../data/directory';
import { useResource } from '../../../data/use-resource';
import { DirectoryFacts } from './DirectoryFacts';
import { DirectoryHistory } from './DirectoryHistory';
import { draftChanges, draftOf, moveRule, removeRule, type DirectoryDraft, type DraftRule } from './directory-draft';
import { DraftBar } from './DraftBar';
import { DraftOutcome } from './DraftOutcome';
import { LeaveGuard } from './LeaveGuard';
import { rebaseDraft } from './rebase-draft';
import { RuleEditing, type EditedRule } from './RuleEditing';
import { placesOf } from './rule-groups';
import { placeFieldId } from './RuleItem';
import { RULES_PAGE } from './RuleList';
import { ruleName } from './rule-name';
import { RULES_HEADING, RulesSection } from './RulesSection';
import { UnmatchedResources } from './UnmatchedResources';
import { useDirectoryDraft } from './use-directory-draft';
import { useDraftSending } from './use-draft-sending';
import { useFocusLater } from './use-focus-later';
import { useOwnershipQuery } from './use-ownership-query';
import { useUnmatched } from './use-unmatched';

/** A directory with the draft that one has of it already, and what of that draft could not be taken over. */
export interface OpenDirectory {
  directory: Directory;
  draft?: DirectoryDraft;
  lost?: string[];
  /** Whether it was just saved here. */
  saved?: boolean;
}

interface Props {
  open: OpenDirectory;
  onOpen: (open: OpenDirectory) => void;
}

const isOwnership = (pathname: string, params: URLSearchParams) =>
  pathname.endsWith('/sources') && params.get('tab') !== 'collection';

/** The rules of one version of the directory with what they do, and a draft of them for those who may change them. */
export function DirectoryEditor({ open: { directory, draft: start, lost = [], saved }, onOpen }: Props) {
  const me = useBilling();
  const { timezone } = me;
  const everything = seesEverything(me);
  const administers = me.role === 'admin' && everything;
  const query = useOwnershipQuery(timezone);
  const { period, set } = query;
  const { draft, change, undo, discard } = useDirectoryDraft(start ?? draftOf(directory));
  const [edited, setEdited] = useState<EditedRule>();
  const [said, setSaid] = useState('');
  const focus = useFocusLater(saved ? RULES_HEADING : undefined);
  const onSaved = useCallback((next: Directory) => onOpen({ directory: next, saved: true }), [onOpen]);
  const sending = useDraftSending(draft, period, onSaved);
  const matches = useResource(useCallback(() => getDirectoryMatches(period), [period]));
  const unmatched = useUnmatched(query, everything);
  // What both have in common is said once; what fails alone says so itself.
  const problem = commonFailure(everything ? [matches, unmatched] : [matches]);
  const changes = draftChanges(draft);
  const refines = !administers && draft.rules.some(({ group }) => group !== undefined);

  const showPageOf = (place: number) => {
    const page = Math.floor(place / RULES_PAGE) + 1;
    if (query.rules === '' && page !== query.rulesPage) {
      set({ rulesPage: page });
    }
  };
  const move = (from: number, to: number, by: 'drag' | 'number') => {
    const key = draft.rules[from]?.key;
    const { first, last } = placesOf(draft, from);
    if (to < first || to > last) {
      setSaid(`The rule was not moved: within its group it can stand at the places ${first + 1} to ${last + 1}.`);
      return;
    }
    change((current) => moveRule(current, from, to));
    if (by === 'number' && key !== undefined) {
      setSaid(`The rule was moved from place ${from + 1} to place ${to + 1} of ${draft.rules.length}.`);
      showPageOf(to);
      focus(placeFieldId(key));
    }
  };
  const remove = (rule: DraftRule) => {
    const place = draft.rules.indexOf(rule);
    const next = draft.rules[place + 1] ?? draft.rules[place - 1];
    change((current) => removeRule(current, rule.key));
    setSaid(`Deleted in the draft: ${ruleName(rule.rule)}`);
    focus(next ? placeFieldId(next.key) : RULES_HEADING);
  };
  const put = (step: (draft: DirectoryDraft) => DirectoryDraft, place: number) => {
    change(step);
    setEdited(undefined);
    setSaid(`The rule is in the draft, at place ${place + 1}.`);
    // Who assigns owners goes on with the next resource, where the focus is again.
    if (edited?.what !== 'assign') {
      showPageOf(place);
    }
  };
  const forget = () => {
    discard(draftOf(directory));
    setSaid('The draft was discarded.');
    focus(RULES_HEADING);
  };

  return (
    <Stack direction="column" gap={3}>
      <Stack gap={2} alignItems="center" wrap="wrap" justifyContent="space-between">
        <PeriodPicker period={period} onChange={(next) => set({ period: next, unmatchedPage: 1 })} />
        <DirectoryFacts directory={directory} />
      </Stack>
      {problem && <RequestProblem what="What the rules match" error={problem.error} onRetry={problem.retry} />}
      {everything && (
        <section aria-labelledby="ownership-unmatched">
          <Stack direction="column" gap={1}>
            <Text element="h2" variant="h4" id="ownership-unmatched">
              Without an owner
            </Text>
            {problem ? (
              <Text color="secondary">Not known at present.</Text>
            ) : (
              <UnmatchedResources
                unmatched={unmatched}
                query={query}
                onAssign={administers ? (resource) => setEdited({ what: 'assign', unmatched: resource }) : undefined}
              />
            )}
          </Stack>
        </section>
      )}
      <RulesSection
        directory={directory}
        draft={draft}
        matches={matches}
        told={problem !== undefined}
        sending={sending}
        query={query}
        actions={
          administers || refines
            ? {
                onEdit: (rule) => setEdited({ what: 'change', rule }),
                onRemove: remove,
                onMove: move,
                onRefine: refines ? (rule) => setEdited({ what: 'refine', rule }) : undefined,
              }
            : undefined
        }
        onAdd={administers ? () => setEdited({ what: 'new' }) : undefined}
      />
      {changes && (
        <>
          <DraftOutcome
            sending={sending}
            unmatched={matches.state === 'loaded' ? matches.value.unmatched : undefined}
            lost={lost}
            onRebase={(theirs) => onOpen({ directory: theirs, ...rebaseDraft(draft, directory.rules, theirs) })}
            onTheirs={(theirs) => onOpen({ directory: theirs })}
          />
          <DraftBar
            changes={changes}
            previewed={sending.previewed !== undefined}
            busy={sending.busy}
            onUndo={undo}
            onDiscard={forget}
            onPreview={sending.preview}
            onSave={sending.save}
          />
          <LeaveGuard what="the draft of the directory" stays={isOwnership} />
        </>
      )}
      <DirectoryHistory open={query.history} onToggle={(next) => set({ history: next })} />
      <div aria-live="polite" className="sr-only">
        {said}
      </div>
      {edited && (
        <RuleEditing
          edited={edited}
          draft={draft}
          findings={sending.findings}
          period={period}
          onClose={() => setEdited(undefined)}
          onPut={put}
        />
      )}
    </Stack>
  );
}
