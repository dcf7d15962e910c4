import { cx } from '@emotion/css';
import { DragDropContext, Droppable, type DropResult, type ResponderProvided } from '@hello-pangea/dnd';
import { EmptyState, Pagination, Stack, Text, useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import type { RuleMatch } from '../../../../api/directory';
import { SearchField } from '../../../components/costs/SearchField';
import { groupDigits } from '../../../format/group-digits';
import type { DraftRule } from './directory-draft';
import { RuleItem, type RuleActions } from './RuleItem';
import type { RuleProblems } from './rule-form';
import { mayBeTakenOut, placesOf } from './rule-groups';
import { getRuleStyles } from './rule-styles';
import { ruleName } from './rule-name';
import type { OwnershipQueryControl } from './use-ownership-query';

/** How many rules stand on a page. */
export const RULES_PAGE = 25;

interface Props {
  rules: DraftRule[];
  matchOf: (rule: DraftRule, place: number) => RuleMatch | undefined;
  /** What rules match is on its way. */
  loading: boolean;
  problems: ReadonlyMap<number, RuleProblems>;
  currency: string;
  query: OwnershipQueryControl;
  actions: RuleActions | undefined;
}

/** The rules in their order, in pages, searched by what they match and set; dragged with the mouse or the keyboard. */
export function RuleList({ rules, matchOf, loading, problems, currency, query, actions }: Props) {
  const styles = useStyles2(getRuleStyles);
  const search = query.rules.trim().toLowerCase();
  const found = useMemo(
    () =>
      rules
        .map((draftRule, place) => ({ draftRule, place }))
        .filter(({ draftRule }) => search === '' || ruleName(draftRule.rule).toLowerCase().includes(search)),
    [rules, search],
  );
  const pages = Math.max(1, Math.ceil(found.length / RULES_PAGE));
  const page = Math.min(query.rulesPage, pages);
  const shown = found.slice((page - 1) * RULES_PAGE, page * RULES_PAGE);
  const { set } = query;
  const refines = actions?.onRefine !== undefined;
  const groups = new Set(rules.map(({ group }) => group));
  const headed = refines && groups.size > 1 && !groups.has(undefined) && search === '';
  const changeable = ({ group }: DraftRule) => !refines || group !== undefined;

  const onDragEnd = ({ source, destination }: DropResult, { announce }: ResponderProvided) => {
    const from = shown[source.index]?.place;
    const to = destination && shown[destination.index]?.place;
    if (from !== undefined && typeof to === 'number' && from !== to) {
      announce(`The rule was moved from place ${from + 1} to place ${to + 1} of ${rules.length}.`);
      actions?.onMove(from, to, 'drag');
    }
  };

  return (
    <Stack direction="column" gap={1}>
      <SearchField
        label="Search rules"
        placeholder="Search what rules match and set"
        search={query.rules}
        onSearch={(text) => set({ rules: text, rulesPage: 1 })}
      />
      {found.length === 0 ? (
        <EmptyState variant="not-found" message={`No rule contains “${query.rules}”`} />
      ) : (
        <DragDropContext onDragEnd={onDragEnd}>
          <div className={styles.heading} aria-hidden>
            <span className={styles.what}>{actions ? 'Place and rule' : 'Rule'}</span>
            <span className={styles.effect}>Matches now</span>
            <span className={styles.cost}>Cost</span>
            {actions && <span className={cx(styles.buttons, refines && styles.three)} />}
          </div>
          <Droppable droppableId="rules">
            {(drop) => (
              <ol
                ref={drop.innerRef}
                {...drop.droppableProps}
                className={styles.list}
                aria-label="Rules in their order"
              >
                {shown.map(({ draftRule, place }, index) => (
                  <RuleItem
                    key={draftRule.key}
                    draftRule={draftRule}
                    place={place}
                    between={placesOf({ rules }, place)}
                    heading={
                      headed && rules[place - 1]?.group !== draftRule.group
                        ? `Group ${draftRule.group} of workspace ${draftRule.rule.set.workspace ?? ''}`
                        : undefined
                    }
                    removable={!refines || mayBeTakenOut({ rules }, draftRule)}
                    index={index}
                    match={matchOf(draftRule, place)}
                    loading={loading}
                    currency={currency}
                    problems={problems.get(place)}
                    actions={changeable(draftRule) ? actions : undefined}
                    wide={actions !== undefined}
                    refines={refines}
                    draggable={search === ''}
                  />
                ))}
                {drop.placeholder}
              </ol>
            )}
          </Droppable>
        </DragDropContext>
      )}
      <Stack justifyContent="space-between" alignItems="center" wrap="wrap">
        <Text color="secondary">
          {found.length === 0
            ? 'No rules'
            : `Rules ${groupDigits(String((page - 1) * RULES_PAGE + 1))}–${groupDigits(String((page - 1) * RULES_PAGE + shown.length))} of ${groupDigits(String(found.length))}`}
        </Text>
        <Pagination
          currentPage={page}
          numberOfPages={pages}
          onNavigate={(next) => set({ rulesPage: next })}
          hideWhenSinglePage
        />
      </Stack>
    </Stack>
  );
}
