import { MappingType, type ValueMap } from '@grafana/grafana-foundation-sdk/dashboard';

/** A state that a series can be in: its number in the query, and how people read it. */
export interface State {
  value: number;
  text: string;
  color: string;
}

/** Shows numbers as the states that they stand for. */
export function statesAs(states: State[]): ValueMap {
  return {
    type: MappingType.ValueToText,
    options: Object.fromEntries(states.map(({ value, text, color }, index) => [String(value), { text, color, index }])),
  };
}
