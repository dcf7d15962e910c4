import { createContext, useContext } from 'react';
import type { Me } from '../../api/me';

export const BillingContext = createContext<Me | undefined>(undefined);

/** Who looks, and the billing time zone and currency; for what stands below BillingProvider. */
export function useBilling(): Me {
  const me = useContext(BillingContext);
  if (!me) {
    throw new Error('useBilling needs a BillingProvider above it');
  }
  return me;
}

/** Whether the user sees every workspace and what is unallocated. */
export function seesEverything({ workspaces }: Me): boolean {
  return workspaces.includes('*');
}

/** Whether the user sees no workspace at all: none was granted, or none of those granted exists. */
export function seesNothing({ workspaces }: Me): boolean {
  return workspaces.length === 0;
}
