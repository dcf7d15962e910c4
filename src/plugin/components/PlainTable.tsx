import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import { getTableStyles } from './table-styles';

interface Props {
  /** What the table shows, for those who hear it. */
  caption: string;
  /** `width` is a share of the table that tables below each other have in common; `tight` cells are not broken. */
  columns: Array<{ title: string; figure?: boolean; tight?: boolean; width?: string }>;
  rows: Array<{ key: string; cells: ReactNode[] }>;
  /** Rows that sum up; the first cell heads the row. */
  totals?: Array<{ key: string; cells: ReactNode[] }>;
}

/** A table without controls. */
export function PlainTable({ caption, columns, rows, totals = [] }: Props) {
  const styles = useStyles2(getTableStyles);
  const cell = (index: number) =>
    columns[index]?.figure ? styles.figure : columns[index]?.tight ? styles.tight : undefined;
  return (
    <div className={styles.scroll} role="region" aria-label={caption} tabIndex={0}>
      <table className={styles.table}>
        <caption className={styles.caption}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title, width }, index) => (
              <th key={title} scope="col" className={cell(index)} style={{ width }}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((content, index) => (
                <td key={index} className={cell(index)}>
                  {content}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {totals.length > 0 && (
          <tfoot>
            {totals.map(({ key, cells }) => (
              <tr key={key}>
                {cells.map((content, index) =>
                  index === 0 ? (
                    <th key={index} scope="row">
                      {content}
                    </th>
                  ) : (
                    <td key={index} className={cell(index)}>
                      {content}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tfoot>
        )}
      </table>
    </div>
  );
}
