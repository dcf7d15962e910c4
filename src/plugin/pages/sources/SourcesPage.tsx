import { PluginPage } from '@grafana/runtime';

/** Who owns what is used, and how far usage is collected. */
export default function SourcesPage() {
  return <PluginPage>{null}</PluginPage>;
}
