import { Alert, Button, EmptyState, Pagination, Stack, Text, useStyles2 } from '@grafana/ui';
import Skeleton from 'react-loading-skeleton';
import type { Unmatched } from '../../../../api/directory';
import { LoadingRegion } from '../../../components/LoadingRegion';
import { RequestProblem } from '../../../components/RequestProblem';
import { SearchField } from '../../../components/costs/SearchField';
import { getTableStyles } from '../../../components/table-styles';
import type { Resource } from '../../../data/use-resource';
import { exactMoney, formatMoney } from '../../../format/money';
import { groupDigits } from '../../../format/group-digits';
import { periodLabel } from '../../../format/period';
import { exactQuantity } from '../../../format/quantity';
import { UnmatchedRow } from './UnmatchedRow';
import type { OwnershipQueryControl } from './use-ownership-query';
import { UNMATCHED_PAGE } from './use-unmatched';

const ROW_HEIGHT = 57;

interface Props {
  unmatched: Resource<Unmatched> & { reload: () => void };
  query: OwnershipQueryControl;
  /** Absent for those who only read. */
  onAssign: ((resource: Unmatched['data'][number]) => void) | undefined;
}

/** What no rule gives a workspace, the greatest cost first. */
export function UnmatchedResources({ unmatched, query, onAssign }: Props) {
  const styles = useStyles2(getTableStyles);
  const { period, unmatched: search, unmatchedPage: page, set } = query;
  if (unmatched.state === 'failed') {
    return <RequestProblem what="The unmatched resources" error={unmatched.error} onRetry={unmatched.reload} />;
  }
  const value = unmatched.state === 'loaded' ? unmatched.value : undefined;
  if (value && value.found.resources === 0 && search === '') {
    return (
      <Alert severity="info" title={`Nothing without an owner was used in ${periodLabel(period)}`} bottomSpacing={0} />
    );
  }
  return (
    <Stack direction="column" gap={1}>
      <Stack gap={2} alignItems="center" wrap="wrap">
        <SearchField
          label="Search unmatched resources"
          placeholder="Search cluster, topic, principal or any field"
          search={search}
          onSearch={(text) => set({ unmatched: text, unmatchedPage: 1 })}
        />
        {value && (
          <Text color="secondary">
            {exactQuantity(String(value.found.resources), 'resource')} without a workspace,{' '}
            <span title={exactMoney(value.found.cost, value.currency)}>
              {formatMoney(value.found.cost, value.currency)}
            </span>{' '}
            in {periodLabel(period)}
          </Text>
        )}
      </Stack>
      {!value && (
        <LoadingRegion label="Loading unmatched resources…">
          <Skeleton height={40 + UNMATCHED_PAGE * ROW_HEIGHT} />
        </LoadingRegion>
      )}
      {value && value.data.length === 0 && (
        <EmptyState variant="not-found" message={`No unmatched resource contains “${search}”`} />
      )}
      {value && value.data.length > 0 && (
        <>
          <div className={styles.scroll} role="region" aria-label="Unmatched resources" tabIndex={0}>
            <table className={styles.table}>
              <caption className={styles.caption}>Unmatched resources, the greatest cost first</caption>
              <thead>
                <tr>
                  <th scope="col">Resource</th>
                  <th scope="col">Used in {periodLabel(period)}</th>
                  <th scope="col" className={styles.figure}>
                    Cost
                  </th>
                  {onAssign && <th scope="col">Owner</th>}
                </tr>
              </thead>
              <tbody>
                {value.data.map((one) => (
                  <UnmatchedRow
                    key={JSON.stringify([one.resource, one.labels])}
                    unmatched={one}
                    currency={value.currency}
                    onAssign={onAssign}
                  />
                ))}
              </tbody>
            </table>
          </div>
          <Stack justifyContent="space-between" alignItems="center" wrap="wrap">
            <Text color="secondary">
              Resources {groupDigits(String(value.offset + 1))}–{groupDigits(String(value.offset + value.data.length))}{' '}
              of {groupDigits(String(value.found.resources))}
            </Text>
            <Pagination
              currentPage={page}
              numberOfPages={Math.ceil(value.found.resources / UNMATCHED_PAGE)}
              onNavigate={(next) => set({ unmatchedPage: next })}
              hideWhenSinglePage
            />
          </Stack>
        </>
      )}
      {value && value.data.length === 0 && page > 1 && (
        <Button variant="secondary" onClick={() => set({ unmatchedPage: 1 })}>
          First page
        </Button>
      )}
    </Stack>
  );
}
