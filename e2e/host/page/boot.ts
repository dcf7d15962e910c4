import type { ConnectionSettings } from '../../../src/plugin/config/config-page-props';

/** Who can look: administrator, those who see one workspace (editor, member, and other another), all, or nothing. */
export const PEOPLE = ['admin', 'editor', 'viewer', 'member', 'other', 'stranger'] as const;

/** What the preview's server tells the page. */
export interface PreviewBoot {
  /** The name under which the user was chosen. */
  as: (typeof PEOPLE)[number];
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
