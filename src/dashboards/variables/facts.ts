import { DatasourceVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { DATASOURCES } from '../uids';

/** Which ledger a dashboard reads; a team with a role of its own has a datasource of its own. */
export function factsVariable(): DatasourceVariableBuilder {
  const { uid, type } = DATASOURCES.facts;
  return new DatasourceVariableBuilder('facts')
    .label('Ledger')
    .type(type)
    .current({ text: 'Chargeback facts', value: uid });
}
