import { PluginExtensionPoints, type PluginExtensionAddedLinkConfig } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { isAdministrator } from '../data/is-administrator';
import { PAGES } from '../plugin-id';
import { costsLink, type ShownQueries } from './costs-link';

/** From a panel's menu and from Explore to the costs of what is looked at. Titles here and in plugin.json must agree. */
export const COSTS_LINK: PluginExtensionAddedLinkConfig<ShownQueries> = {
  targets: [PluginExtensionPoints.DashboardPanelMenu, PluginExtensionPoints.ExploreToolbarAction],
  title: 'Costs of what is shown',
  description: 'Opens Chargeback for the cluster, topic or workspace that the queries name',
  icon: 'calculator-alt',
  path: PAGES.chargeback,
  configure: costsLink,
};

const page = (title: string, description: string, path: string): PluginExtensionAddedLinkConfig => ({
  targets: PluginExtensionPoints.CommandPalette,
  title,
  description,
  category: 'Chargeback',
  path,
});

/** The app's pages in the command palette. */
export const PALETTE_LINKS: PluginExtensionAddedLinkConfig[] = [
  page('Chargeback: costs by application', 'What every application used and costs', PAGES.chargeback),
  page('Chargeback: budgets', 'How much may be spent, and how much is', PAGES.budgets),
  page('Chargeback: rates', 'Rate cards and their versions', PAGES.rates),
  page('Chargeback: ownership', 'Who owns what is used', PAGES.ownership),
  page('Chargeback: collection', 'How far usage is collected', PAGES.collection),
  page('Chargeback: history', 'Who changed prices, owners, budgets and access', PAGES.history),
  {
    targets: PluginExtensionPoints.CommandPalette,
    title: 'Chargeback: configuration',
    description: 'Connection to the collector and rate cards',
    category: 'Chargeback',
    // Grafana takes no path outside of the app's own pages.
    onClick: () => locationService.push(PAGES.connection),
    configure: () => (isAdministrator() ? {} : undefined),
  },
];
