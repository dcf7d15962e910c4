import { Grid } from '@grafana/ui';
import type { ChargebackSummary } from '../../../api/chargeback';
import { seesEverything, useBilling } from '../../billing/use-billing';
import { BehindNotice } from './BehindNotice';
import { UnallocatedNotice } from './UnallocatedNotice';
import { UnratedNotice } from './UnratedNotice';

/** What is wrong with the figures, and for those who see everything what is missing in them and where it is mended. */
export function Notices({ summary }: { summary: ChargebackSummary }) {
  const everything = seesEverything(useBilling());
  const unrated = everything && summary.unrated.length > 0;
  const unallocated = everything && summary.unallocated.resources > 0;
  return (
    <>
      <BehindNotice summary={summary} />
      {(unrated || unallocated) && (
        <Grid gap={2} columns={{ xs: 1, lg: unrated && unallocated ? 2 : 1 }}>
          {unrated && <UnratedNotice unrated={summary.unrated} />}
          {unallocated && <UnallocatedNotice summary={summary} />}
        </Grid>
      )}
    </>
  );
}
