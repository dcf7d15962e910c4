import { Alert, Pagination, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import type { DirectoryPreview } from '../../../../api/directory';
import { PlainTable } from '../../../components/PlainTable';
import { exactMoney, formatAmount, formatDifference } from '../../../format/money';
import { fieldName } from '../../../format/names';
import { exactQuantity } from '../../../format/quantity';

const PAGE_SIZE = 10;

interface Props {
  changes: NonNullable<DirectoryPreview['within']>;
  /** Resources that change at all. */
  resources: number;
}

/** What an editor's draft would change: not what a workspace pays, but what for. */
export function EffectWithin({ changes, resources }: Props) {
  const [page, setPage] = useState(1);
  const workspaces = new Set(changes.map(({ workspace }) => workspace)).size;
  const money = (amount: string, code: string) => (
    <span title={exactMoney(amount, code)}>{formatAmount(amount, code)}</span>
  );
  return (
    <Stack direction="column" gap={1}>
      <Text>
        {`${exactQuantity(String(resources), 'resource')} would get another owner within the same workspace. No workspace would pay more or less.`}
      </Text>
      {changes.length === 0 ? (
        <Alert severity="info" title="No cost of an open month would move" bottomSpacing={0} />
      ) : (
        <>
          <PlainTable
            caption="Effect of the draft within workspaces"
            columns={[
              ...(workspaces > 1 ? [{ title: 'Workspace' }] : []),
              { title: 'Field' },
              { title: 'Value' },
              { title: 'Currency' },
              { title: 'Cost now', figure: true },
              { title: 'Cost after', figure: true },
              { title: 'Difference', figure: true },
            ]}
            rows={changes.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map((change) => ({
              key: JSON.stringify([change.workspace, change.field, change.value, change.currency]),
              cells: [
                ...(workspaces > 1 ? [change.workspace] : []),
                fieldName(change.field),
                change.value === '' ? '(none)' : change.value,
                change.currency,
                money(change.before, change.currency),
                money(change.after, change.currency),
                <span key="difference" title={exactMoney(change.difference, change.currency)}>
                  {formatDifference(change.difference, change.currency)}
                </span>,
              ],
            }))}
          />
          <Pagination
            currentPage={page}
            numberOfPages={Math.ceil(changes.length / PAGE_SIZE)}
            onNavigate={setPage}
            hideWhenSinglePage
          />
        </>
      )}
    </Stack>
  );
}
