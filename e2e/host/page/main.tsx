import {
  AppPlugin,
  EventBusSrv,
  getThemeById,
  PluginContextProvider,
  PluginType,
  ThemeContext,
  type AppPluginMeta,
} from '@grafana/data';
import { config, LocationServiceProvider, locationService, setAppEvents, setBackendSrv } from '@grafana/runtime';
import { setPluginPage } from 'preview-plugin-page';
import { GlobalStyles, PortalContainer } from '@grafana/ui';
import { lazy, Suspense, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Route, Router, Routes, useLocation } from 'react-router-dom';
import type { ConnectionSettings } from '../../../src/plugin/config/config-page-props';
import { PLUGIN_ID } from '../../../src/plugin/plugin-id';
import { backendSrv } from './backend-srv';
import { installPanels } from './panels/install-panels';
import { boot } from './boot';
import { Chrome } from './Chrome';
import { PreviewPage } from './PreviewPage';
import { Toasts } from './Toasts';

const Pages = lazy(() => import('../../../src/plugin/pages/Pages'));
const Connection = lazy(() => import('../../../src/plugin/config/Connection'));
const RateCardsTab = lazy(() => import('../../../src/plugin/config/RateCardsTab'));
const AccessTab = lazy(() => import('../../../src/plugin/config/access/AccessTab'));

const theme = getThemeById(boot.theme);
const events = new EventBusSrv();
Object.assign(config, { theme2: theme });
setBackendSrv(backendSrv);
setAppEvents(events);
setPluginPage(PreviewPage);
installPanels();

const meta: AppPluginMeta<ConnectionSettings> = {
  id: PLUGIN_ID,
  name: 'Chargeback',
  type: PluginType.app,
  module: '',
  baseUrl: '',
  enabled: true,
  pinned: true,
  info: {
    author: { name: '' },
    description: '',
    links: [],
    logos: { large: '', small: '' },
    screenshots: [],
    updated: '',
    version: boot.version,
  },
  jsonData: boot.jsonData,
  secureJsonFields: boot.secureJsonFields,
};

const app = new AppPlugin<ConnectionSettings>();
app.meta = meta;

function Configuration() {
  const tab = new URLSearchParams(useLocation().search).get('page') ?? 'connection';
  if (tab === 'access') {
    return <AccessTab />;
  }
  return tab === 'rate-cards' ? <RateCardsTab /> : <Connection plugin={app} query={{}} />;
}

function PreviewRouter() {
  const history = locationService.getHistory();
  const [location, setLocation] = useState(history.location);
  useEffect(() => history.listen((next: typeof history.location) => setLocation(next)), [history]);
  return (
    <Router location={location} navigator={{ ...history, go: history.go, createHref: history.createHref }}>
      <Chrome>
        <Suspense fallback="Loading…">
          <Routes>
            <Route path={`/a/${PLUGIN_ID}/*`} element={<Pages />} />
            <Route path={`/plugins/${PLUGIN_ID}`} element={<Configuration />} />
          </Routes>
        </Suspense>
      </Chrome>
    </Router>
  );
}

/** Links are followed within the page, as they are where the pages are at home. */
document.addEventListener('click', (event) => {
  const anchor = event.target instanceof Element ? event.target.closest('a') : null;
  const href = anchor?.getAttribute('href');
  if (href?.startsWith('/') && !anchor?.target && !event.defaultPrevented && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    locationService.push(href);
  }
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <LocationServiceProvider service={locationService}>
        <PluginContextProvider meta={meta}>
          <PreviewRouter />
          <Toasts events={events} />
        </PluginContextProvider>
      </LocationServiceProvider>
      <PortalContainer />
    </ThemeContext.Provider>,
  );
}
