export interface HostOptions {
  /** Base URL of the collector. */
  collector: string;
  /** The key that the collector shares with those who ask on behalf of users. */
  key: string;
  /** 0, the default: a free one. */
  port?: number;
  /** Who looks when no cookie says otherwise. */
  user?: 'admin' | 'editor' | 'viewer';
}
export function startHost(options: HostOptions): Promise<{ url: string; close: () => Promise<void> }>;
