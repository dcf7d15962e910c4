import { TextBoxVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard';

/** The page of a table that is paged on the server, as a positive whole number in SQL; whatever else is typed is the first one. */
export const CHOSEN_PAGE = `greatest(1, coalesce(substring(\${page:sqlstring}::text from '^\\s*([0-9]{1,9})\\s*$')::integer, 1))`;

/** Which page of the ledger is shown. */
export function pageVariable(): TextBoxVariableBuilder {
  return new TextBoxVariableBuilder('page')
    .label('Page of the ledger')
    .defaultValue('1')
    .current({ text: '1', value: '1' });
}
