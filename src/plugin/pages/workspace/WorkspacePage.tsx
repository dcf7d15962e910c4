import { PluginPage } from '@grafana/runtime';

/** The costs of one workspace. */
export default function WorkspacePage() {
  return <PluginPage>{null}</PluginPage>;
}
