import { BYTES_PER_GB } from '../../domain/meter';
import { Decimal, isDecimalText } from '../../domain/decimal';
import { groupDigits } from './group-digits';

/** An amount of a unit that prices are customarily given for. */
export interface Per {
  /** How many units, a decimal. */
  per: string;
  /** How it is called: `GB`, `million messages`. */
  label: string;
}

/** The customary amounts for a unit, the usual one first. 1 GB is 1024³ bytes here. */
export function customaryPers(unit: string): [Per, ...Per[]] {
  if (unit === 'byte') {
    return [
      { per: BYTES_PER_GB, label: 'GB' },
      { per: new Decimal(BYTES_PER_GB).div(1024).toFixed(), label: 'MB' },
      { per: new Decimal(BYTES_PER_GB).times(1024).toFixed(), label: 'TB' },
      { per: '1', label: 'byte' },
    ];
  }
  const one: Per = { per: '1', label: unit };
  const thousand: Per = { per: '1000', label: `thousand ${unit}s` };
  const million: Per = { per: '1000000', label: `million ${unit}s` };
  return unit === 'hour' ? [one, thousand, million] : [million, thousand, one];
}

/** `per` in words: `GB`, `million messages`, or `2,500 messages` when it has no name; as it is while it is no number yet. */
export function perLabel(per: string, unit: string): string {
  if (!isDecimalText(per)) {
    return per;
  }
  const value = new Decimal(per);
  const known = customaryPers(unit).find((one) => value.eq(one.per));
  return known ? known.label : `${groupDigits(value.toFixed())} ${unit}s`;
}

/** The exact amount behind a label: `1 GB = 1,073,741,824 bytes`; empty when the label says it already. */
export function perExplained(per: string, unit: string): string {
  if (!isDecimalText(per)) {
    return '';
  }
  const value = new Decimal(per);
  const known = customaryPers(unit).find((one) => value.eq(one.per));
  return !known || value.eq(1)
    ? ''
    : `1 ${known.label} = ${groupDigits(value.toFixed())} ${unit}s`.replace(/^1 (million|thousand) \w+ = /, '');
}
