import { MappingType, SpecialValueMatch, type SpecialValueMap } from '@grafana/grafana-foundation-sdk/dashboard';

/** Shows what is not known as `text`, in the colour of text: without this it takes that of the lowest threshold. */
export function unknownAs(text: string): SpecialValueMap {
  return {
    type: MappingType.SpecialValue,
    options: { match: SpecialValueMatch.Null, result: { text, color: 'text' } },
  };
}
