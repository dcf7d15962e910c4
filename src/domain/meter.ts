/** How a meter is read: growth of a counter, time-weighted gauge, or the value of an expression at the hour's end. */
export const METER_KINDS = ['counter', 'gauge', 'expression'] as const;
export type MeterKind = (typeof METER_KINDS)[number];

/** The columns of a chargeback line in which a meter is reported. */
export const REPORT_COLUMNS = ['ingress', 'egress', 'message', 'other'] as const;
export type ReportColumn = (typeof REPORT_COLUMNS)[number];

/** The column of a chargeback line for the meter `slug`: bytes in, bytes out, messages, or everything else. */
export function reportColumn(slug: string): ReportColumn {
  if (slug.endsWith('_ingress_bytes')) {
    return 'ingress';
  }
  if (slug.endsWith('_egress_bytes')) {
    return 'egress';
  }
  return slug.endsWith('_messages') ? 'message' : 'other';
}

/** Bytes of 1 GB as it is billed here (the customary 1024³ of the systems replaced). */
export const BYTES_PER_GB = '1073741824';
