import { cx } from '@emotion/css';
import { Draggable } from '@hello-pangea/dnd';
import { Badge, Icon, IconButton, Stack, Text, useStyles2 } from '@grafana/ui';
import Skeleton from 'react-loading-skeleton';
import type { RuleMatch } from '../../../../api/directory';
import { exactMoney, formatMoney } from '../../../format/money';
import type { DraftRule } from './directory-draft';
import { PlaceField } from './PlaceField';
import { RuleEffect } from './RuleEffect';
import { RuleFields } from './RuleFields';
import type { RuleProblems } from './rule-form';
import { getRuleStyles } from './rule-styles';
import { ruleName } from './rule-name';

/** What one may do with rules. */
export interface RuleActions {
  onEdit: (rule: DraftRule) => void;
  onRemove: (rule: DraftRule) => void;
  onMove: (from: number, to: number, by: 'drag' | 'number') => void;
  /** For editors, who change the rules of groups only: adds a rule for a part of what one matches. */
  onRefine?: ((rule: DraftRule) => void) | undefined;
}

interface Props {
  draftRule: DraftRule;
  /** In the whole directory, counted from 0. */
  place: number;
  /** The places, from 0 and both included, between which it may be moved. */
  between: { first: number; last: number };
  /** What stands above it, where a group begins. */
  heading: string | undefined;
  /** Whether it may be taken out. */
  removable: boolean;
  /** In the list on the screen. */
  index: number;
  match: RuleMatch | undefined;
  /** What rules match is on its way. */
  loading: boolean;
  currency: string;
  problems: RuleProblems | undefined;
  /** Absent for those who may not change it. */
  actions: RuleActions | undefined;
  /** Whether any rule of the list may be changed: places then stand in the same column. */
  wide: boolean;
  /** Whether rules may be refined, which is one button more. */
  refines: boolean;
  /** A list that leaves out rules has no places between which one could drop. */
  draggable: boolean;
}

export const placeFieldId = (key: number) => `rule-place-${key}`;

/** A rule with its place, what it says and what it does. */
export function RuleItem({
  draftRule,
  place,
  between: { first, last },
  heading,
  removable,
  index,
  match,
  loading,
  currency,
  problems,
  actions,
  wide,
  refines,
  draggable,
}: Props) {
  const styles = useStyles2(getRuleStyles);
  const { key, rule, saved, changed } = draftRule;
  const name = `rule ${place + 1}: ${ruleName(rule)}`;
  const stays = `Only this rule gives ${rule.set.workspace} all that it matches, so it cannot be deleted`;
  const movable = actions !== undefined && first < last;
  return (
    <Draggable draggableId={String(key)} index={index} isDragDisabled={!movable || !draggable}>
      {(drag, { isDragging }) => (
        <li
          ref={drag.innerRef}
          {...drag.draggableProps}
          className={cx(styles.item, isDragging && styles.dragged, problems && styles.wrong)}
        >
          {heading !== undefined && <div className={styles.group}>{heading}</div>}
          {movable && (
            <div className={styles.place}>
              <span
                {...drag.dragHandleProps}
                className={draggable ? styles.handle : styles.hidden}
                aria-label={`Move ${name}`}
              >
                <Icon name="draggabledots" />
              </span>
              <PlaceField
                id={placeFieldId(key)}
                place={place}
                first={first}
                last={last}
                label={`Place of ${name}`}
                onMove={(to) => actions.onMove(place, to, 'number')}
              />
            </div>
          )}
          {!movable && (
            <span id={placeFieldId(key)} tabIndex={-1} className={cx(styles.number, wide && styles.fixed)}>
              {place + 1}
            </span>
          )}
          <div className={styles.what}>
            <RuleFields rule={rule} />
            <Stack gap={1} wrap="wrap">
              {rule.valid_from !== undefined && (
                <Text variant="bodySmall" color="secondary">
                  From {rule.valid_from}
                </Text>
              )}
              {saved === undefined && <Badge text="New" color="blue" />}
              {changed && <Badge text="Changed" color="blue" />}
            </Stack>
            {problems &&
              [...problems].map(([path, message]) => (
                <Text key={path} color="error" variant="bodySmall">
                  {path ? `${path}: ${message}` : message}
                </Text>
              ))}
          </div>
          <div className={styles.effect}>
            {loading && !match ? <Skeleton width={140} /> : <RuleEffect match={match} />}
          </div>
          <span className={styles.cost} title={match && exactMoney(match.cost, currency)}>
            {match ? formatMoney(match.cost, currency) : loading ? <Skeleton width={80} /> : '–'}
          </span>
          {wide && (
            <div className={cx(styles.buttons, refines && styles.three)}>
              {actions?.onRefine && (
                <IconButton
                  name="plus"
                  tooltip={`Add a rule for a part of ${name}`}
                  onClick={() => actions.onRefine?.(draftRule)}
                />
              )}
              {actions && (
                <>
                  <IconButton name="pen" tooltip={`Edit ${name}`} onClick={() => actions.onEdit(draftRule)} />
                  {removable ? (
                    <IconButton
                      name="trash-alt"
                      tooltip={`Delete ${name}`}
                      onClick={() => actions.onRemove(draftRule)}
                    />
                  ) : (
                    <span role="img" aria-label={stays} title={stays} className={styles.lock}>
                      <Icon name="lock" />
                    </span>
                  )}
                </>
              )}
            </div>
          )}
        </li>
      )}
    </Draggable>
  );
}
