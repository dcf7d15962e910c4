import { Icon, Stack, Text } from '@grafana/ui';
import type { PreviewBill } from '../../../../api/rate-cards';
import { workspaceName } from '../../../format/names';
import { EffectTable, sumByCurrency } from './EffectTable';
import { changeShare, isLargeChange, LARGE_CHANGE } from './large-changes';

/** The whole bills that change, of open months from a moment on. */
export function ChangedBills({ bills, from }: { bills: PreviewBill[]; from: string }) {
  if (bills.length === 0) {
    return <Text color="secondary">The changes balance each other: every bill stays what it is.</Text>;
  }
  return (
    <Stack direction="column" gap={1}>
      <Text color="secondary">{`Bills of open months from ${from} on, with what does not change.`}</Text>
      <EffectTable
        caption="Effect on bills"
        names={['Workspace']}
        unit="bills"
        rows={bills.map((bill) => ({
          ...bill,
          key: `${bill.workspace}\n${bill.currency}`,
          names: [
            <Stack key="workspace" gap={0.5} alignItems="center">
              {workspaceName(bill.workspace)}
              {isLargeChange(bill) && (
                <Text color="warning">
                  <Icon name="exclamation-triangle" title={`changes ${LARGE_CHANGE}`} />
                </Text>
              )}
            </Stack>,
          ],
          share: changeShare(bill),
        }))}
        totals={sumByCurrency(bills).map((sum) => ({ ...sum, share: changeShare(sum) }))}
      />
    </Stack>
  );
}
