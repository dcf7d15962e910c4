import { Icon, useStyles2 } from '@grafana/ui';
import { getTableStyles } from './table-styles';

interface Props {
  title: string;
  /** How the table is sorted by this column, if it is. */
  order?: 'ascending' | 'descending';
  figure?: boolean;
  onSort: () => void;
}

/** The heading of a column by which one can sort. */
export function SortableHeading({ title, order, figure, onSort }: Props) {
  const styles = useStyles2(getTableStyles);
  return (
    <th scope="col" aria-sort={order ?? 'none'} className={figure ? styles.figure : undefined}>
      <button type="button" className={styles.sort} onClick={onSort}>
        {title}
        {order && <Icon name={order === 'descending' ? 'arrow-down' : 'arrow-up'} />}
      </button>
    </th>
  );
}
