/** One thing that must hold for the app to work, and what to do when it does not. */
export interface ConnectionCheck {
  name: 'Collector' | 'Version' | 'Key' | 'Database' | 'Prometheus' | 'Data' | 'Facts';
  /** `unknown`: cannot be told while another check fails, or there is nothing to check. */
  outcome: 'ok' | 'failed' | 'unknown';
  detail: string;
  /** All that is wrong, when it is more than a sentence. */
  problems?: string[];
}
