import type { Preview } from '../../../../api/rate-cards';
import { meterName, workspaceName } from '../../../format/names';
import { EffectTable, sumByCurrency } from './EffectTable';
import { changeShare } from './large-changes';

/** What changes by workspace and charge type, of the hours that the change reaches. */
export function ChangedCharges({ preview: { rows } }: { preview: Preview }) {
  return (
    <EffectTable
      caption="Effect by charge type"
      names={['Workspace', 'Charge type']}
      unit="rows"
      rows={rows.map((row) => ({
        ...row,
        key: `${row.workspace}\n${row.charge_type}\n${row.currency}`,
        names: [workspaceName(row.workspace), meterName(row.charge_type)],
        share: changeShare(row),
      }))}
      totals={sumByCurrency(rows).map((sum) => ({ ...sum, share: changeShare(sum) }))}
    />
  );
}
