/** Ids and titles that links, alert rules and people's bookmarks rely on: never change one that was released. */
export const APP_ID = 'finops-chargeback-app';

/** Grafana files dashboards and alert rules by the title of their folder. */
export const FOLDER = 'Chargeback';

export const DATASOURCES = {
  facts: { uid: 'chargeback-facts', type: 'grafana-postgresql-datasource' },
} as const;

/** What SQL panels use: the datasource that the viewer chose. */
export const FACTS = { type: DATASOURCES.facts.type, uid: '${facts}' } as const;

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

export const WORKSPACE_SPEND_RULE = 'chargeback-workspace-spend';

export const CONTACT_POINT = { uid: 'chargeback-webhook', name: 'Chargeback' } as const;
