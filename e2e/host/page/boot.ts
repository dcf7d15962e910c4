/** What the preview's server tells the page. */
export interface PreviewBoot {
  user: { id: number; login: string; role: 'Admin' | 'Editor' | 'Viewer' };
  theme: 'dark' | 'light';
  pluginId: string;
  jsonData: { collectorUrl: string };
  secureJsonFields: { collectorKey: boolean };
}

declare global {
  interface Window {
    previewBoot: PreviewBoot;
  }
}

export const boot: PreviewBoot = window.previewBoot;
