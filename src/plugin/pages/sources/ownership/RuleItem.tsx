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

export interface RuleActions {
  onEdit: (rule: DraftRule) => void;
  onRemove: (rule: DraftRule) => void;
  onMove: (from: number, to: number, by: 'drag' | 'number') => void;
}

interface Props {
  draftRule: DraftRule;
  /** In the whole directory, counted from 0. */
  place: number;
  of: number;
  /** In the list on the screen. */
  index: number;
  match: RuleMatch | undefined;
  /** What rules match is on its way. */
  loading: boolean;
  currency: string;
  problems: RuleProblems | undefined;
  /** Absent for those who only read. */
  actions: RuleActions | undefined;
  /** A list that leaves out rules has no places between which one could drop. */
  draggable: boolean;
}

export const placeFieldId = (key: number) => `rule-place-${key}`;

/** A rule with its place, what it says and what it does. */
export function RuleItem({
  draftRule,
  place,
  of,
  index,
  match,
  loading,
  currency,
  problems,
  actions,
  draggable,
}: Props) {
  const styles = useStyles2(getRuleStyles);
  const { key, rule, saved, changed } = draftRule;
  const name = `rule ${place + 1}: ${ruleName(rule)}`;
  return (
    <Draggable draggableId={String(key)} index={index} isDragDisabled={!actions || !draggable}>
      {(drag, { isDragging }) => (
        <li
          ref={drag.innerRef}
          {...drag.draggableProps}
          className={cx(styles.item, isDragging && styles.dragged, problems && styles.wrong)}
        >
          {actions && (
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
                of={of}
                label={`Place of ${name}`}
                onMove={(to) => actions.onMove(place, to, 'number')}
              />
            </div>
          )}
          {!actions && <span className={styles.number}>{place + 1}</span>}
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
          {actions && (
            <div className={styles.buttons}>
              <IconButton name="pen" tooltip={`Edit ${name}`} onClick={() => actions.onEdit(draftRule)} />
              <IconButton name="trash-alt" tooltip={`Delete ${name}`} onClick={() => actions.onRemove(draftRule)} />
            </div>
          )}
        </li>
      )}
    </Draggable>
  );
}
