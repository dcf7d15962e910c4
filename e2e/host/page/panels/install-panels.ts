import { PanelPlugin, PluginType, standardFieldConfigEditorRegistry, identityOverrideProcessor } from '@grafana/data';
import { setPluginImportUtils, setRunRequest } from '@grafana/runtime';
import { EMPTY } from 'rxjs';
import { TimeSeriesStandIn } from './TimeSeriesStandIn';

/** The options of a field that the stand-ins know. */
const FIELD_OPTIONS = [
  'unit',
  'min',
  'max',
  'decimals',
  'displayName',
  'color',
  'noValue',
  'links',
  'thresholds',
  'mappings',
];

const timeSeries = new PanelPlugin(TimeSeriesStandIn).useFieldConfig();
timeSeries.meta = {
  id: 'timeseries',
  name: 'Time series',
  type: PluginType.panel,
  module: '',
  baseUrl: '',
  sort: 0,
  info: {
    author: { name: '' },
    description: '',
    links: [],
    logos: { large: '', small: '' },
    screenshots: [],
    updated: '',
    version: '',
  },
};

/** Lets pages show panels: the one kind that they use, without datasources. */
export function installPanels(): void {
  standardFieldConfigEditorRegistry.setInit(() =>
    FIELD_OPTIONS.map((id) => ({
      id,
      path: id,
      name: id,
      settings: {},
      editor: () => null,
      override: () => null,
      process: identityOverrideProcessor,
      shouldApply: () => true,
    })),
  );
  setPluginImportUtils({
    importPanelPlugin: (id) =>
      id === 'timeseries' ? Promise.resolve(timeSeries) : Promise.reject(new Error(`The preview has no panel ${id}.`)),
    getPanelPluginFromCache: (id) => (id === 'timeseries' ? timeSeries : undefined),
  });
  setRunRequest(() => EMPTY);
}
