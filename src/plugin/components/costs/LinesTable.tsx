import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { IconButton, TextLink, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import Skeleton from 'react-loading-skeleton';
import type { ChargebackPageLine } from '../../../api/chargeback';
import type { LineKind } from '../../../domain/chargeback-line';
import { confidenceLevel } from '../../format/confidence';
import { SortableHeading } from '../SortableHeading';
import { getTableStyles } from '../table-styles';
import { fieldName } from '../../format/names';
import type { CostsQueryState, LineField, SortColumn } from './costs-query';
import { AMOUNT_COLUMNS, KIND_NAMES, nameColumns, shownName, type AmountColumn, type Amounts } from './line-columns';

/** A row that sums up; its amounts are absent while they are loading. */
interface SumRow {
  key: string;
  title: string;
  amounts?: Amounts;
}

interface Props {
  kind: LineKind;
  ofWorkspace: boolean;
  currency: string;
  /** The rows of this page, or how many there will be while they are loading. */
  rows: ChargebackPageLine[] | number;
  sums: SumRow[];
  /** What to say when there are no rows. */
  nothing: string;
  sort: CostsQueryState['sort'];
  onSort: (sort: CostsQueryState['sort']) => void;
  onWhy: (line: ChargebackPageLine) => void;
  /** The page of a line's workspace, where it has one and one is not there already. */
  workspaceLink: (workspace: string) => string;
}

// The total stands first, with its explanation: in a narrow window the figures behind it are those that one scrolls to.
const TOTAL = AMOUNT_COLUMNS.filter(({ key }) => key === 'total_cost');
const PARTS = AMOUNT_COLUMNS.filter(({ key }) => key !== 'total_cost');

/** Lines of a kind with their figures; every column sorts, rows have one height whether they are loaded or not. */
export function LinesTable(props: Props) {
  const { kind, ofWorkspace, currency, rows, sums, nothing, sort, onSort, onWhy, workspaceLink } = props;
  const styles = useStyles2(getTableStyles);
  const own = useStyles2(getStyles);
  const names = nameColumns(kind, ofWorkspace);
  const { caption } = KIND_NAMES[kind];
  const width = names.length + AMOUNT_COLUMNS.length + 2;

  const heading = (key: SortColumn, title: string, figure: boolean) => {
    const sortedByThis = sort.column === key;
    return (
      <SortableHeading
        key={key}
        title={title}
        figure={figure}
        order={sortedByThis ? (sort.descending ? 'descending' : 'ascending') : undefined}
        // Names begin with A, figures with the greatest.
        onSort={() => onSort({ column: key, descending: sortedByThis ? !sort.descending : figure })}
      />
    );
  };
  const name = (field: LineField, line: ChargebackPageLine): ReactNode => {
    const text = shownName(field, line[field]);
    return field === 'workspace' && line.workspace ? (
      <TextLink href={workspaceLink(line.workspace)} inline color="primary">
        {text}
      </TextLink>
    ) : (
      text
    );
  };
  const amounts = (columns: AmountColumn[], values: Amounts | undefined) =>
    columns.map(({ key, show, exact }) => (
      <td key={key} className={styles.figure} title={values && exact(values[key], currency)}>
        {values ? show(values[key], currency) : <Skeleton width={56} />}
      </td>
    ));

  return (
    <div className={styles.scroll} role="region" aria-label={caption} aria-busy={typeof rows === 'number'} tabIndex={0}>
      <table className={`${styles.table} ${own.table}`}>
        <caption className={styles.caption}>{caption}</caption>
        <thead>
          <tr>
            {names.map((field) => heading(field, fieldName(field), false))}
            {heading('total_cost', `Total (${currency})`, true)}
            <th scope="col">
              <span className={styles.caption}>Why this amount</span>
            </th>
            {PARTS.map(({ key, title }) => heading(key, title(currency), true))}
            {heading('confidence', 'Confidence', false)}
          </tr>
        </thead>
        <tbody>
          {typeof rows === 'number'
            ? Array.from({ length: rows }, (_, row) => (
                <tr key={row} aria-hidden>
                  {Array.from({ length: width }, (_unused, column) => (
                    <td key={column} className={column < names.length ? own.name : styles.figure}>
                      <Skeleton width={column < names.length ? 120 : 56} />
                    </td>
                  ))}
                </tr>
              ))
            : rows.map((line) => {
                const key = names.map((field) => line[field]).join('\n');
                const level = confidenceLevel(line.confidence);
                return (
                  <tr key={key}>
                    {names.map((field) => (
                      <td
                        key={field}
                        className={line[field] ? own.name : `${own.name} ${styles.muted}`}
                        title={line[field]}
                      >
                        {name(field, line)}
                      </td>
                    ))}
                    {amounts(TOTAL, line)}
                    <td className={own.why}>
                      <IconButton
                        name="question-circle"
                        aria-label={`Why this amount: ${names.map((field) => shownName(field, line[field])).join(', ')}`}
                        title="Why this amount"
                        onClick={() => onWhy(line)}
                      />
                    </td>
                    {amounts(PARTS, line)}
                    <td title={`Confidence ${line.confidence}`} className={level === 'high' ? styles.muted : undefined}>
                      {level}
                    </td>
                  </tr>
                );
              })}
          {typeof rows !== 'number' && rows.length === 0 && (
            <tr>
              <td colSpan={width}>{nothing}</td>
            </tr>
          )}
        </tbody>
        <tfoot>
          {sums.map(({ key, title, amounts: values }) => (
            <tr key={key}>
              <th scope="row" colSpan={names.length}>
                {title}
              </th>
              {amounts(TOTAL, values)}
              <td />
              {amounts(PARTS, values)}
              <td />
            </tr>
          ))}
        </tfoot>
      </table>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  // Of one height, so that nothing moves when the figures come.
  table: css({
    // Headings have two lines as soon as figures give the columns their widths.
    'thead th': { height: 61, verticalAlign: 'bottom' },
    'tbody td': { height: 37, paddingTop: 0, paddingBottom: 0, verticalAlign: 'middle' },
  }),
  name: css({
    maxWidth: 260,
    minWidth: 90,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  }),
  why: css({
    width: theme.spacing(3),
    paddingLeft: '0 !important',
    '& button': { margin: 0, verticalAlign: 'middle' },
  }),
});
