import { LoadingPlaceholder } from '@grafana/ui';
import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { PAGES } from '../plugin-id';

const ChargebackPage = lazy(() => import(/* webpackChunkName: "page-chargeback" */ './ChargebackPage'));
const RatesPage = lazy(() => import(/* webpackChunkName: "page-rates" */ './RatesPage'));

/** The app's pages; an unknown path leads to the default page, with its question kept. */
export default function Pages() {
  const { search } = useLocation();
  return (
    <Suspense fallback={<LoadingPlaceholder text="Loading…" />}>
      <Routes>
        <Route path="chargeback" element={<ChargebackPage />} />
        <Route path="rates" element={<RatesPage />} />
        <Route path="*" element={<Navigate to={{ pathname: PAGES.chargeback, search }} replace />} />
      </Routes>
    </Suspense>
  );
}
