import { Alert, Pagination, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import type { Preview } from '../../../api/rate-cards';
import { exactMoney, formatAmount, formatDifference } from '../../format/money';
import { meterName, workspaceName } from '../../format/names';
import { formatInstant } from '../../format/time';
import { PlainTable } from '../../components/PlainTable';

const PAGE_SIZE = 25;

/** Who would pay what if the card were saved, the greatest change first. */
export function PreviewTable({ preview, timeZone }: { preview: Preview; timeZone: string }) {
  const [page, setPage] = useState(1);
  if (preview.rows.length === 0) {
    return (
      <Alert severity="info" title="Nothing that is metered so far would cost more or less">
        The card would apply to usage from {formatInstant(preview.from, timeZone)} on.
      </Alert>
    );
  }
  const money = (amount: string, currency: string, difference = false) => (
    <span title={exactMoney(amount, currency)}>
      {difference ? formatDifference(amount, currency) : formatAmount(amount, currency)}
    </span>
  );
  const pages = Math.ceil(preview.rows.length / PAGE_SIZE);
  return (
    <Stack direction="column" gap={1}>
      <Text element="h3" variant="h5">
        What would change in open months, from {formatInstant(preview.from, timeZone)}
      </Text>
      <PlainTable
        caption="Effect of the change"
        columns={[
          { title: 'Workspace' },
          { title: 'Meter' },
          { title: 'Currency' },
          { title: 'Cost now', figure: true },
          { title: 'Cost after', figure: true },
          { title: 'Difference', figure: true },
        ]}
        rows={preview.rows
          .slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
          .map(({ workspace, charge_type, currency, before, after, difference }) => ({
            key: `${workspace}\n${charge_type}\n${currency}`,
            cells: [
              workspaceName(workspace),
              meterName(charge_type),
              currency,
              money(before, currency),
              money(after, currency),
              money(difference, currency, true),
            ],
          }))}
        totals={preview.totals.map(({ currency, before, after, difference }) => ({
          key: currency,
          cells: [
            'Total',
            '',
            currency,
            money(before, currency),
            money(after, currency),
            money(difference, currency, true),
          ],
        }))}
      />
      <Stack justifyContent="space-between">
        <Text color="secondary">{preview.rows.length === 1 ? '1 row' : `${preview.rows.length} rows`}</Text>
        <Pagination currentPage={page} numberOfPages={pages} onNavigate={setPage} hideWhenSinglePage />
      </Stack>
    </Stack>
  );
}
