import { AppPlugin, type AppRootProps } from '@grafana/data';
import { LoadingPlaceholder } from '@grafana/ui';
import { lazy, Suspense } from 'react';
import type { ConfigPageProps } from './config/config-page-props';
import { COSTS_LINK, PALETTE_LINKS } from './links/app-links';

// This file is loaded with Grafana itself: everything that is not needed to know the app is a chunk of its own.
const Pages = lazy(() => import(/* webpackChunkName: "pages" */ './pages/Pages'));
const Connection = lazy(() => import(/* webpackChunkName: "config-connection" */ './config/Connection'));
const RateCardsTab = lazy(() => import(/* webpackChunkName: "config-rate-cards" */ './config/RateCardsTab'));
const AccessTab = lazy(() => import(/* webpackChunkName: "config-access" */ './config/access/AccessTab'));

const fallback = <LoadingPlaceholder text="Loading…" />;

const Root = (_props: AppRootProps) => (
  <Suspense fallback={fallback}>
    <Pages />
  </Suspense>
);
const ConnectionPage = (props: ConfigPageProps) => (
  <Suspense fallback={fallback}>
    <Connection {...props} />
  </Suspense>
);
const RateCardsPage = () => (
  <Suspense fallback={fallback}>
    <RateCardsTab />
  </Suspense>
);
const AccessPage = () => (
  <Suspense fallback={fallback}>
    <AccessTab />
  </Suspense>
);

export const plugin = new AppPlugin()
  .setRootPage(Root)
  .addConfigPage({ id: 'connection', title: 'Connection', icon: 'link', body: ConnectionPage })
  .addConfigPage({ id: 'rate-cards', title: 'Rate cards', icon: 'list-ul', body: RateCardsPage })
  .addConfigPage({ id: 'access', title: 'Access', icon: 'lock', body: AccessPage })
  .addLink(COSTS_LINK);
PALETTE_LINKS.forEach((link) => plugin.addLink(link));
