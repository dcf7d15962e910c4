/** Ids and titles that links, alert rules and people's bookmarks rely on: never change one that was released. */
export const APP_ID = 'finops-chargeback-app';

/** Grafana files dashboards and alert rules by the title of their folder. */
export const FOLDER = 'Chargeback';

export const DATASOURCES = {
  facts: { uid: 'chargeback-facts', type: 'grafana-postgresql-datasource' },
  usage: { uid: 'chargeback-usage', type: 'prometheus' },
} as const;

/** What SQL panels use: the datasource that the viewer chose. */
export const FACTS = { type: DATASOURCES.facts.type, uid: '${facts}' } as const;

/** What PromQL panels use: the datasource of usage that the viewer chose. */
export const USAGE = { type: DATASOURCES.usage.type, uid: '${usage}' } as const;

/** A panel whose queries go to both. */
export const MIXED = { type: 'datasource', uid: '-- Mixed --' } as const;

/** Uid and title of every dashboard but the first, below. An upgrade that changes a title deletes the dashboard with the old one. */
export const DASHBOARDS = {
  executive: { uid: 'chargeback-executive', title: 'Chargeback: executive cost overview' },
  statement: { uid: 'chargeback-statement', title: 'Chargeback: what is owed' },
  businessUnit: { uid: 'chargeback-business-unit', title: 'Chargeback: cost by business unit' },
  cluster: { uid: 'chargeback-cluster', title: 'Chargeback: cost by cluster' },
  principal: { uid: 'chargeback-principal', title: 'Chargeback: cost by principal' },
  historical: { uid: 'chargeback-historical', title: 'Chargeback: historical costs' },
  confidence: { uid: 'chargeback-confidence', title: 'Chargeback: confidence and data quality' },
  gateway: { uid: 'chargeback-gateway', title: 'Chargeback: Kafka gateway raw usage' },
  budgets: { uid: 'chargeback-budgets', title: 'Chargeback: budgets' },
  collector: { uid: 'chargeback-collector', title: 'Chargeback: collector health' },
} as const;
export type DashboardId = (typeof DASHBOARDS)[keyof typeof DASHBOARDS];

/** An upgrade that changes the title of a dashboard deletes the one with the old title. */
export const COSTS_DASHBOARD = {
  uid: 'chargeback-costs',
  title: 'Chargeback: usage and cost by workspace',
  panels: {
    totalCost: 1,
    costWithOwner: 2,
    metersWithoutPrice: 3,
    dataThrough: 4,
    costByWorkspace: 5,
    usageByWorkspace: 6,
    workspaces: 7,
    meters: 8,
  },
} as const;

/** Uids of rules that were released and are no more: an upgrade removes them from Grafana. */
export const RETIRED_RULES = ['chargeback-workspace-spend'];

export const CONTACT_POINT = { uid: 'chargeback-webhook', emailUid: 'chargeback-email', name: 'Chargeback' } as const;
