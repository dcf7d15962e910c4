import { CustomVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { GROUP_BY } from '../queries/group-by';

/** By which field of the resource, or by which meter, costs are told apart. */
export function groupByVariable(): CustomVariableBuilder {
  const options = GROUP_BY.map(({ column, label }, index) => ({ text: label, value: column, selected: index === 0 }));
  return new CustomVariableBuilder('groupby')
    .label('Group by')
    .values(GROUP_BY.map(({ column, label }) => `${label} : ${column}`).join(','))
    .current({ text: options[0]?.text ?? '', value: options[0]?.value ?? '' })
    .options(options);
}
