import type { ConnectionSettings } from '../../../src/plugin/config/config-page-props';

/** What the preview's server tells the page. */
export interface PreviewBoot {
  /** The name under which the user was chosen. */
  as: 'admin' | 'editor' | 'viewer' | 'member';
  user: { id: number; login: string; role: 'Admin' | 'Editor' | 'Viewer' };
  theme: 'dark' | 'light';
  pluginId: string;
  version: string;
  jsonData: ConnectionSettings;
  secureJsonFields: { collectorKey: boolean };
}

declare global {
  interface Window {
    previewBoot: PreviewBoot;
  }
}

export const boot: PreviewBoot = window.previewBoot;
