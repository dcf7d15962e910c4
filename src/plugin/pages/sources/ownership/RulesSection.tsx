import { Alert, Button, Stack, Text } from '@grafana/ui';
import type { Directory, DirectoryMatches } from '../../../../api/directory';
import { seesEverything, useBilling } from '../../../billing/use-billing';
import { RequestProblem } from '../../../components/RequestProblem';
import type { Resource } from '../../../data/use-resource';
import type { DirectoryDraft, DraftRule } from './directory-draft';
import type { RuleActions } from './RuleItem';
import { RuleList } from './RuleList';
import { RulesEmpty } from './RulesEmpty';
import type { DraftSending } from './use-draft-sending';
import type { OwnershipQueryControl } from './use-ownership-query';

export const RULES_HEADING = 'ownership-rules';

interface Props {
  directory: Directory;
  draft: DirectoryDraft;
  /** What the rules in force match. */
  matches: Resource<DirectoryMatches> & { reload: () => void };
  /** Whether the failure of `matches` is told elsewhere. */
  told: boolean;
  sending: DraftSending;
  query: OwnershipQueryControl;
  /** Both are absent for those who only read. */
  actions: RuleActions | undefined;
  onAdd: (() => void) | undefined;
}

/** The rules of the draft with what each does: as previewed, else as they stand in the directory in force. */
export function RulesSection({ directory, draft, matches, told, sending, query, actions, onAdd }: Props) {
  const me = useBilling();
  const { currency } = me;
  const known = matches.state === 'loaded' ? matches.value : undefined;
  const inForce = known?.version === directory.version ? known : undefined;
  const matchOf = ({ saved, changed }: DraftRule, place: number) =>
    sending.previewed
      ? sending.previewed.rules[place]
      : saved === undefined || changed
        ? undefined
        : inForce?.rules[saved];

  return (
    <section aria-labelledby={RULES_HEADING}>
      <Stack direction="column" gap={1}>
        <Stack justifyContent="space-between" alignItems="center" wrap="wrap">
          <h2 id={RULES_HEADING} tabIndex={-1} style={{ font: 'inherit', margin: 0, outline: 'none' }}>
            <Text variant="h4">Rules</Text>
          </h2>
          {onAdd ? (
            <Button variant="secondary" icon="plus" onClick={onAdd}>
              Add a rule
            </Button>
          ) : (
            !actions && (
              <Text color="secondary">
                {seesEverything(me)
                  ? 'Only administrators can change the rules.'
                  : 'These rules name your workspaces. Editors can refine them, administrators change them.'}
              </Text>
            )
          )}
        </Stack>
        {actions?.onRefine && (
          <Text color="secondary">
            You decide which application, environment, team or cost centre within a workspace something belongs to: add
            a rule for a part of another, change what a rule sets, or put the rules of a group in another order. What
            belongs to a workspace at all is decided by administrators.
          </Text>
        )}
        {matches.state === 'failed' && !told && (
          <RequestProblem what="What the rules match" error={matches.error} onRetry={matches.reload} />
        )}
        {known && !inForce && (
          <Alert severity="info" title="Somebody saved other rules meanwhile" bottomSpacing={0}>
            These are the rules as they were when you opened them; what they match is not known any more. Open the page
            again to see the rules in force.
          </Alert>
        )}
        {draft.rules.length === 0 ? (
          <RulesEmpty editable={onAdd !== undefined} whole={seesEverything(me)} />
        ) : (
          <RuleList
            rules={draft.rules}
            matchOf={matchOf}
            loading={matches.state === 'loading'}
            problems={sending.findings}
            currency={sending.previewed?.currency ?? inForce?.currency ?? currency}
            query={query}
            actions={actions}
          />
        )}
      </Stack>
    </section>
  );
}
