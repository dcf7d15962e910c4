import { HOUR } from '../../src/domain/hours';
import type { SampleSeries } from '../../src/testing/sample-set';

const GB = 1024 ** 3;
const MB = 1024 ** 2;

/** The month before the current one, as `YYYY-MM`: the month in which everything happens. */
export function usageMonth(now = new Date()): string {
  return monthFrom(now, -1);
}

/** The month `steps` months from the one of `now`, as `YYYY-MM` (UTC). */
export function monthFrom(now: Date, steps: number): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + steps, 1)).toISOString().slice(0, 7);
}

/** The one hour with usage: the tenth of the month at ten. */
export function usageHour(month = usageMonth()): number {
  return Date.parse(`${month}-10T10:00:00Z`);
}

/** How many applications the workspace analytics has: more than fit on a page. */
export const REPORTS = 30;
export const reportName = (index: number) => `report-${String(index).padStart(2, '0')}`;

interface Growth {
  metric: 'bifrost_bytes_total' | 'bifrost_messages_total' | 'bifrost_requests_total';
  labels: Record<string, string>;
  amount: number;
}

const traffic = (
  metric: Growth['metric'],
  cluster: string,
  topic: string,
  direction: string,
  amount: number,
  principal = 'sa-1',
): Growth => ({
  metric,
  labels: { virtual_cluster: cluster, topic, direction, service_account: principal },
  amount,
});

/**
 * What was used in the hour. The application checkout is the worked example: 10 GB in, 5 GB out and 1.5 million
 * messages cost 1.265. Requests have no price. Nobody owns the topic stray.
 */
const USED: Growth[] = [
  traffic('bifrost_bytes_total', 'vc-payments', 'checkout.orders', 'produce', 10 * GB),
  traffic('bifrost_bytes_total', 'vc-payments', 'checkout.orders', 'consume', 5 * GB),
  traffic('bifrost_messages_total', 'vc-payments', 'checkout.orders', 'produce', 1_500_000),
  traffic('bifrost_bytes_total', 'vc-payments', 'invoices.sent', 'produce', GB),
  traffic('bifrost_bytes_total', 'vc-unknown', 'stray', 'produce', 2 * GB),
  { metric: 'bifrost_requests_total', labels: { virtual_cluster: 'vc-payments', operation: 'fetch' }, amount: 1234 },
  ...Array.from({ length: REPORTS }, (_, index) =>
    traffic(
      'bifrost_bytes_total',
      'vc-analytics',
      `${reportName(index + 1)}.rows`,
      'produce',
      (index + 1) * 100 * MB,
      'sa-reports',
    ),
  ),
];

/** The counters of the hour: each stood at 1,000 before and grew once. */
export function knownSeries(hour = usageHour()): SampleSeries[] {
  return USED.map(({ metric, labels, amount }) => ({
    labels: { __name__: metric, job: 'gateway', instance: 'gateway:9093', ...labels },
    samples: [
      [hour + HOUR / 60, '1000'],
      [hour + HOUR / 2, String(1000 + amount)],
    ],
  }));
}

/** Who owns what, and what it costs: from the first of the month, nothing before. */
export const DIRECTORY = `rules:
  - match: { cluster: vc-payments, topic: "*.*" }
    set: { workspace: payments, application: "\${1}", environment: prod }
  - match: { cluster: vc-analytics, topic: "*.*" }
    set: { workspace: analytics, application: "\${1}", environment: dev }
  - match: { cluster: vc-payments }
    set: { workspace: payments, environment: prod }
`;

/** Members see their workspace (the editor one more, without usage), viewers everything, all others nothing. */
export const ACCESS = `grants:
  - { login: payments-member, workspaces: [payments] }
  - { login: payments-editor, workspaces: [payments, invoicing] }
  - { login: analytics-member, workspaces: [analytics] }
  - { login: chargeback-viewer, workspaces: ["*"] }
`;

export const rates = (month = usageMonth()) => `rate_cards:
  - name: kafka
    currency: USD
    valid_from: ${month}-01
    notes: agreed with finance
    prices:
      kafka_ingress_bytes: { per: 1073741824, unit_price: "0.10" }
      kafka_egress_bytes: { per: 1073741824, unit_price: "0.05" }
      kafka_ingress_messages: { per: 1000000, unit_price: "0.01" }
`;

/** The month's figures, worked out by hand: 46,500 MB of reports are 45.41015625 GB. */
export const EXPECTED = {
  lines: REPORTS + 3,
  checkout: '1.265',
  reports: '4.541015625',
  unallocated: '0.2',
  total: '6.106015625',
};
