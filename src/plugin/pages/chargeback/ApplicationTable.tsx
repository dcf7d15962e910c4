import { FilterInput, Pagination, Stack, Text, useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import type { Chargeback } from '../../../api/chargeback';
import { SortableHeading } from '../../components/SortableHeading';
import { getTableStyles } from '../../components/table-styles';
import {
  AMOUNT_COLUMNS,
  searchLines,
  shownText,
  sortLines,
  sumLines,
  TEXT_COLUMNS,
  type Amounts,
  type ColumnKey,
} from './columns';
import type { ChargebackQueryControl } from './use-chargeback-query';

const PAGE_SIZE = 25;

interface Props {
  chargeback: Chargeback;
  query: ChargebackQueryControl;
}

/** A line per application: searched, sorted by any column, in pages; the total is over all lines, not over the page. */
export function ApplicationTable({ chargeback, query }: Props) {
  const styles = useStyles2(getTableStyles);
  const { lines, currency, totals } = chargeback;
  const { search, sort } = query;
  const found = useMemo(() => searchLines(lines, search), [lines, search]);
  const sorted = useMemo(() => sortLines(found, sort.column, sort.descending), [found, sort.column, sort.descending]);
  const pages = Math.max(1, Math.ceil(sorted.length / PAGE_SIZE));
  const page = Math.min(query.page, pages);
  const shown = sorted.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);

  const heading = (key: ColumnKey, title: string, figure: boolean) => {
    const sortedByThis = sort.column === key;
    return (
      <SortableHeading
        key={key}
        title={title}
        figure={figure}
        order={sortedByThis ? (sort.descending ? 'descending' : 'ascending') : undefined}
        // Names begin with A, figures with the greatest.
        onSort={() => query.set({ sort: { column: key, descending: sortedByThis ? !sort.descending : figure } })}
      />
    );
  };
  const amounts = (values: Amounts) =>
    AMOUNT_COLUMNS.map(({ key, show, exact }) => (
      <td key={key} className={styles.figure} title={exact(values[key], currency)}>
        {show(values[key], currency)}
      </td>
    ));

  return (
    <Stack direction="column" gap={1}>
      <SearchField search={search} onSearch={(text) => query.set({ search: text })} />
      <div className={styles.scroll} role="region" aria-label="Chargeback by application" tabIndex={0}>
        <table className={styles.table}>
          <caption className={styles.caption}>Chargeback by application</caption>
          <thead>
            <tr>
              {TEXT_COLUMNS.map(({ key, title }) => heading(key, title, false))}
              {AMOUNT_COLUMNS.map(({ key, title }) => heading(key, title(currency), true))}
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <tr key={`${line.workspace}\n${line.application}\n${line.environment}`}>
                {TEXT_COLUMNS.map(({ key }) => (
                  <td key={key} className={line[key] === '' ? styles.muted : undefined}>
                    {shownText(line, key)}
                  </td>
                ))}
                {amounts(line)}
              </tr>
            ))}
            {shown.length === 0 && (
              <tr>
                <td colSpan={TEXT_COLUMNS.length + AMOUNT_COLUMNS.length}>No application matches “{search}”.</td>
              </tr>
            )}
          </tbody>
          <tfoot>
            {found.length < lines.length && (
              <tr>
                <th scope="row" colSpan={TEXT_COLUMNS.length}>
                  Found ({found.length} of {lines.length} lines)
                </th>
                {amounts(sumLines(found))}
              </tr>
            )}
            <tr>
              <th scope="row" colSpan={TEXT_COLUMNS.length}>
                Total of all {lines.length} lines
              </th>
              {amounts(totals)}
            </tr>
          </tfoot>
        </table>
      </div>
      <Stack justifyContent="space-between" alignItems="center" wrap="wrap">
        <Text color="secondary">
          {sorted.length === 0
            ? 'No lines'
            : `Lines ${(page - 1) * PAGE_SIZE + 1} to ${(page - 1) * PAGE_SIZE + shown.length} of ${sorted.length}`}
        </Text>
        <Pagination
          currentPage={page}
          numberOfPages={pages}
          onNavigate={(next) => query.set({ page: next })}
          hideWhenSinglePage
        />
      </Stack>
    </Stack>
  );
}

/** Holds what is typed itself, so that no letter is lost while the address follows. */
function SearchField({ search, onSearch }: { search: string; onSearch: (text: string) => void }) {
  const [text, setText] = useState(search);
  const [followed, setFollowed] = useState(search);
  if (followed !== search) {
    setFollowed(search);
    setText(search);
  }
  return (
    <FilterInput
      aria-label="Search applications"
      placeholder="Search workspace, application or environment"
      width={50}
      escapeRegex={false}
      value={text}
      onChange={(next) => {
        setText(next);
        onSearch(next);
      }}
    />
  );
}
