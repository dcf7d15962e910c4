import { PluginPage, type PluginPageProps } from '@grafana/runtime';
import { SeenAsBanner } from './SeenAsBanner';

/** A page of the app: Grafana's frame, and who it is that sees it when that is not oneself. */
export function AppPage({ children, ...page }: PluginPageProps) {
  return (
    <PluginPage {...page}>
      <SeenAsBanner />
      {children}
    </PluginPage>
  );
}
