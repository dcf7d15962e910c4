import { config } from '@grafana/runtime';
import { Alert, Button, EmptyState } from '@grafana/ui';
import type { ReactNode } from 'react';
import { seesNothing, useBilling } from '../billing/use-billing';
import { AppPage } from './AppPage';

const TITLE = 'You have not been given any workspace yet';

/** Whom to ask for what; whoever grants something needs the login as Grafana writes it. */
function WhomToAsk() {
  const { login } = useBilling();
  const { orgName, isSignedIn } = config.bootData.user;
  const where = orgName ? `the Grafana organization ${orgName}` : 'this Grafana organization';
  return isSignedIn ? (
    <>
      Ask an administrator of {where} to grant one to you, your team, or everybody in the organization; your login is{' '}
      {login}.
    </>
  ) : (
    <>You are not signed in. Sign in to see what was granted to you, or ask an administrator of {where}.</>
  );
}

/** A page of costs, which says so to those who have been granted nothing and asks the collector for nothing then. */
export function OfWorkspaces({ children }: { children: ReactNode }) {
  if (!seesNothing(useBilling())) {
    return children;
  }
  return (
    <AppPage>
      <EmptyState
        variant="call-to-action"
        message={TITLE}
        button={
          <Button variant="secondary" icon="sync" onClick={() => window.location.reload()}>
            Look again
          </Button>
        }
      >
        Costs are shown to the members of a workspace. <WhomToAsk />
      </EmptyState>
    </AppPage>
  );
}

/** The same above what holds for everybody, whatever was granted to them. */
export function NothingGrantedNotice() {
  return seesNothing(useBilling()) ? (
    <Alert severity="info" title={TITLE}>
      What stands here holds for everybody. <WhomToAsk />
    </Alert>
  ) : null;
}
