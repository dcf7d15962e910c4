import type { Profile } from './week';

/** Days after the start of the simulated history. */
type Day = number;

/** A topic on the virtual clusters of a workspace; rates are the mean of a week in production. */
interface Topic {
  owner: string;
  name: string;
  profile: Profile;
  messagesPerSecond: number;
  bytesPerMessage: number;
  producers: string[];
  consumers: string[];
  from?: Day;
  until?: Day;
}

export const GATEWAYS = ['dev', 'stage', 'prod'] as const;
export type Gateway = (typeof GATEWAYS)[number];

/** What one service account does on one topic, as one gateway sees it. */
export interface Flow {
  gateway: Gateway;
  cluster: string;
  topic: string;
  serviceAccount: string;
  direction: 'produce' | 'consume';
  profile: Profile;
  messagesPerSecond: number;
  bytesPerMessage: number;
  from: Day;
  until: Day;
  doublesAt: Day;
}

/** The label `job` and `instance` under which Prometheus knows a gateway. */
export const JOB = 'kafka-gateway';
export const instanceOf = (gateway: Gateway): string => `gateway-${gateway}:9093`;

/** Share of production's traffic that a gateway sees. */
const SCALE: Record<Gateway, number> = { prod: 1, stage: 0.06, dev: 0.02 };

/** The workspaces that have virtual clusters outside production, too. */
const STAGED = ['payments', 'storefront', 'analytics'];

/** The team that doubles its traffic in the middle of the history. */
const DOUBLES: { owner: string; at: Day } = { owner: 'analytics', at: 17.4 };

/** 30 topics on the clusters of six teams; `sandbox` belongs to nobody, as directory.yaml has no rule for it. */
const TOPICS: Topic[] = [
  topic(
    'payments',
    'payments.authorizations',
    'shoppers',
    420,
    900,
    ['sa-checkout-api'],
    ['sa-fraud-engine', 'sa-ledger-writer'],
  ),
  topic('payments', 'payments.captures', 'shoppers', 310, 1100, ['sa-checkout-api'], ['sa-ledger-writer']),
  topic('payments', 'payments.refunds', 'office', 18, 1300, ['sa-refund-desk'], ['sa-ledger-writer']),
  topic('payments', 'payments.fraud-scores', 'shoppers', 420, 640, ['sa-fraud-engine'], ['sa-checkout-api']),
  topic(
    'payments',
    'payments.ledger',
    'shoppers',
    350,
    1800,
    ['sa-ledger-writer'],
    ['sa-finance-export', 'sa-audit-sink'],
  ),
  topic(
    'storefront',
    'storefront.clicks',
    'shoppers',
    2600,
    760,
    ['sa-storefront-web', 'sa-storefront-app'],
    ['sa-clickstream', 'sa-recommender'],
  ),
  topic('storefront', 'storefront.carts', 'shoppers', 340, 1500, ['sa-storefront-web'], ['sa-checkout-api']),
  topic(
    'storefront',
    'storefront.orders',
    'shoppers',
    95,
    4200,
    ['sa-storefront-web'],
    ['sa-order-router', 'sa-clickstream'],
  ),
  topic('storefront', 'storefront.search', 'shoppers', 780, 920, ['sa-storefront-web'], ['sa-recommender']),
  topic('storefront', 'storefront.recommendations', 'shoppers', 650, 2400, ['sa-recommender'], ['sa-storefront-web']),
  topic(
    'logistics',
    'logistics.shipments',
    'office',
    85,
    3100,
    ['sa-order-router'],
    ['sa-carrier-bridge', 'sa-warehouse'],
  ),
  topic('logistics', 'logistics.tracking', 'flat', 540, 700, ['sa-carrier-bridge'], ['sa-storefront-app']),
  topic('logistics', 'logistics.inventory', 'office', 260, 1250, ['sa-warehouse'], ['sa-storefront-web']),
  topic('logistics', 'logistics.returns', 'office', 22, 2600, ['sa-warehouse'], ['sa-refund-desk']),
  topic('logistics', 'logistics.routes', 'office', 140, 2900, ['sa-route-planner'], ['sa-carrier-bridge'], {
    from: 12.3,
  }),
  topic(
    'analytics',
    'analytics.events',
    'shoppers',
    1500,
    820,
    ['sa-clickstream'],
    ['sa-warehouse-loader', 'sa-feature-builder'],
  ),
  topic('analytics', 'analytics.sessions', 'shoppers', 240, 2700, ['sa-clickstream'], ['sa-warehouse-loader']),
  topic('analytics', 'analytics.features', 'batch', 700, 1600, ['sa-feature-builder'], ['sa-recommender']),
  topic('analytics', 'analytics.exports', 'batch', 330, 6100, ['sa-warehouse-loader'], ['sa-finance-export']),
  topic('analytics', 'analytics.experiments', 'office', 60, 1400, ['sa-experiment-desk'], ['sa-storefront-web']),
  topic('identity', 'identity.logins', 'shoppers', 210, 780, ['sa-login'], ['sa-fraud-engine', 'sa-audit-sink']),
  topic('identity', 'identity.tokens', 'shoppers', 380, 520, ['sa-login'], ['sa-audit-sink']),
  topic('identity', 'identity.audit', 'flat', 160, 1900, ['sa-login', 'sa-directory-sync'], ['sa-audit-sink']),
  topic('identity', 'identity.profiles', 'office', 30, 3300, ['sa-directory-sync'], ['sa-storefront-web']),
  topic('identity', 'identity.consents', 'office', 12, 1500, ['sa-login'], ['sa-audit-sink'], { until: 22.6 }),
  topic('platform', 'platform.logs', 'flat', 1900, 430, ['sa-log-shipper'], ['sa-log-store']),
  topic('platform', 'platform.traces', 'flat', 880, 1100, ['sa-log-shipper'], ['sa-trace-store']),
  topic('platform', 'platform.notifications', 'office', 150, 1700, ['sa-notifier'], ['sa-mailer', 'sa-storefront-app']),
  topic('platform', 'platform.dead-letters', 'flat', 3, 2200, ['sa-notifier'], ['sa-log-store']),
  topic('sandbox', 'tmp.migration-dump', 'batch', 90, 2048, ['sa-migration'], ['sa-migration']),
];

function topic(
  owner: string,
  name: string,
  profile: Profile,
  messagesPerSecond: number,
  bytesPerMessage: number,
  producers: string[],
  consumers: string[],
  life: { from?: Day; until?: Day } = {},
): Topic {
  return { owner, name, profile, messagesPerSecond, bytesPerMessage, producers, consumers, ...life };
}

/** The flows of one topic through one gateway. Producers share the topic's traffic; every consumer reads all of it. */
function flowsOf(t: Topic, gateway: Gateway): Flow[] {
  const common = {
    gateway,
    cluster: `vc-${t.owner}-${gateway}`,
    topic: t.name,
    profile: t.profile,
    bytesPerMessage: t.bytesPerMessage,
    from: t.from ?? -Infinity,
    until: t.until ?? Infinity,
    doublesAt: t.owner === DOUBLES.owner ? DOUBLES.at : Infinity,
  };
  const rate = t.messagesPerSecond * SCALE[gateway];
  const consumers = gateway === 'prod' ? t.consumers : t.consumers.slice(0, 1);
  const produced = t.producers.map((serviceAccount): Flow => {
    return { ...common, serviceAccount, direction: 'produce', messagesPerSecond: rate / t.producers.length };
  });
  const consumed = consumers.map((serviceAccount): Flow => {
    return { ...common, serviceAccount, direction: 'consume', messagesPerSecond: rate };
  });
  return [...produced, ...consumed];
}

/** Everything that moves in the organisation, gateway by gateway. */
export const FLOWS: readonly Flow[] = GATEWAYS.flatMap((gateway) =>
  TOPICS.filter((t) => gateway === 'prod' || STAGED.includes(t.owner)).flatMap((t) => flowsOf(t, gateway)),
);

/** The virtual clusters of `gateway`, in the order of the topics. */
export function clustersOf(gateway: Gateway): string[] {
  return [...new Set(FLOWS.filter((flow) => flow.gateway === gateway).map((flow) => flow.cluster))];
}
