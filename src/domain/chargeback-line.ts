import type { ResourceField } from './resource';

/** What a line stands for: an application of a workspace and environment, a topic of a cluster, or a principal. */
export const LINE_KINDS = ['application', 'topic', 'principal'] as const;
export type LineKind = (typeof LINE_KINDS)[number];

/** The fields that name a line of each kind, in the order of its columns. */
export const LINE_FIELDS = {
  application: ['workspace', 'application', 'environment'],
  topic: ['workspace', 'cluster', 'topic'],
  principal: ['workspace', 'principal'],
} as const satisfies Record<LineKind, readonly ResourceField[]>;

/** The figures of a line, in the order of its columns; quantities in bytes and messages. */
export const AMOUNTS = [
  'ingress_bytes',
  'egress_bytes',
  'messages',
  'ingress_cost',
  'egress_cost',
  'message_cost',
  'other_cost',
  'total_cost',
] as const;
export type AmountName = (typeof AMOUNTS)[number];
