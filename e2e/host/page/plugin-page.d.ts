declare module 'preview-plugin-page' {
  import type { ComponentType } from 'react';
  import type { PluginPageProps } from '@grafana/runtime';

  export function setPluginPage(component: ComponentType<PluginPageProps>): void;
}
