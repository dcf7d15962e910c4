import { APP_ID, COSTS_DASHBOARD } from '../uids';

/** Links of a cell with a workspace's name; the row's column `key` holds the name as the ledger has it ('' for none). */
export function workspaceLinks(): Array<{ title: string; url: string }> {
  return [
    {
      title: 'Only this workspace',
      url: `/d/${COSTS_DASHBOARD.uid}?var-workspace=\${__data.fields.key:percentencode}&\${facts:queryparam}&\${currency:queryparam}&\${meter:queryparam}&\${__url_time_range}`,
    },
    { title: 'Applications in Chargeback', url: `/a/${APP_ID}/chargeback?search=\${__value.text:percentencode}` },
  ];
}
