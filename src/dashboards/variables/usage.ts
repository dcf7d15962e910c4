import { DatasourceVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { DATASOURCES } from '../uids';

/** Where raw usage is read: any PromQL engine that the gateways are scraped into. */
export function usageVariable(): DatasourceVariableBuilder {
  const { uid, type } = DATASOURCES.usage;
  return new DatasourceVariableBuilder('usage')
    .label('Usage')
    .type(type)
    .current({ text: 'Chargeback usage', value: uid });
}
