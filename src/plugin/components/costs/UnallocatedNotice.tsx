import { Alert, TextLink } from '@grafana/ui';
import type { ChargebackSummary } from '../../../api/chargeback';
import { isAdministrator } from '../../data/is-administrator';
import { exactMoney, formatMoney } from '../../format/money';
import { periodOf } from '../../format/period';
import { exactQuantity } from '../../format/quantity';
import { PAGES } from '../../plugin-id';

/** Cost that nobody pays because no rule of the directory says whose it is; owners are assigned for the same month. */
export function UnallocatedNotice({ summary: { period, unallocated, currency } }: { summary: ChargebackSummary }) {
  return (
    <Alert severity="info" title="Some cost belongs to no workspace" bottomSpacing={0}>
      <span title={exactMoney(unallocated.cost, currency)}>{formatMoney(unallocated.cost, currency)}</span> of{' '}
      {exactQuantity(String(unallocated.resources), 'resource')} that no rule gives a workspace.{' '}
      <TextLink href={`${PAGES.ownership}&period=${periodOf(new Date(period.start), period.timezone)}`} inline>
        {isAdministrator() ? 'Assign owners' : 'See the ownership rules'}
      </TextLink>
    </Alert>
  );
}
