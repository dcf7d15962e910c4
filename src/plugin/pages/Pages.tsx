import { lazy, Suspense } from 'react';
import { Navigate, Outlet, Route, Routes, useLocation } from 'react-router-dom';
import { BillingProvider } from '../billing/BillingProvider';
import { OfWorkspaces } from '../components/NothingGranted';
import { PageSkeleton } from '../components/PageSkeleton';
import { PAGES } from '../plugin-id';

const ChargebackPage = lazy(() => import(/* webpackChunkName: "page-chargeback" */ './chargeback/ChargebackPage'));
const WorkspacePage = lazy(() => import(/* webpackChunkName: "page-workspace" */ './workspace/WorkspacePage'));
const BudgetsPage = lazy(() => import(/* webpackChunkName: "page-budgets" */ './budgets/BudgetsPage'));
const RatesPage = lazy(() => import(/* webpackChunkName: "page-rates" */ './rates/RatesPage'));
const HistoryPage = lazy(() => import(/* webpackChunkName: "page-history" */ './history/HistoryPage'));
const SourcesPage = lazy(() => import(/* webpackChunkName: "page-sources" */ './sources/SourcesPage'));

/** The app's pages; an unknown path leads to the default page, with its question kept. */
export default function Pages() {
  const { search } = useLocation();
  return (
    <BillingProvider>
      <Suspense fallback={<PageSkeleton />}>
        <Routes>
          <Route
            element={
              <OfWorkspaces>
                <Outlet />
              </OfWorkspaces>
            }
          >
            <Route path="chargeback" element={<ChargebackPage />} />
            <Route path="workspaces/*" element={<WorkspacePage />} />
            <Route path="budgets" element={<BudgetsPage />} />
            <Route path="history" element={<HistoryPage />} />
          </Route>
          <Route path="rates" element={<RatesPage />} />
          <Route path="sources" element={<SourcesPage />} />
          <Route path="*" element={<Navigate to={{ pathname: PAGES.chargeback, search }} replace />} />
        </Routes>
      </Suspense>
    </BillingProvider>
  );
}
