import type { ReactNode } from 'react';
import { AppPage } from '../components/AppPage';
import { PageSkeleton } from '../components/PageSkeleton';
import { RequestProblem } from '../components/RequestProblem';
import { getMe } from '../data/me';
import { useChosenPerson } from '../data/see-as';
import { useResource } from '../data/use-resource';
import { BillingContext } from './use-billing';

/** Asks once who looks and in which time zone and currency is billed; no page can say anything before it knows. */
export function BillingProvider({ children }: { children: ReactNode }) {
  // Nothing that was answered to one person is there for another.
  const seen = useChosenPerson();
  return <AskedBilling key={JSON.stringify(seen)}>{children}</AskedBilling>;
}

function AskedBilling({ children }: { children: ReactNode }) {
  const me = useResource(getMe);
  if (me.state === 'loaded') {
    return <BillingContext.Provider value={me.value}>{children}</BillingContext.Provider>;
  }
  return (
    <AppPage>
      {me.state === 'loading' ? (
        <PageSkeleton />
      ) : (
        <RequestProblem what="Chargeback" error={me.error} onRetry={me.reload} />
      )}
    </AppPage>
  );
}
