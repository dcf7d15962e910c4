import { useState } from 'react';
import type { ChargebackLines } from '../../../api/chargeback';
import type { LineKind } from '../../../domain/chargeback-line';
import type { ChargebackScope } from '../../data/chargeback';
import type { LinesOfScope, Part } from './use-costs';

/**
 * The totals of the last answer while another page or order of the same lines is loading: they do not change with
 * those. Undefined as soon as the question is another one.
 */
export function useLastLines(
  lines: Part<LinesOfScope>,
  scope: ChargebackScope,
  search: string,
  kind: LineKind,
): Pick<ChargebackLines, 'found' | 'all'> | undefined {
  const [last, setLast] = useState<LinesOfScope>();
  if (lines.state === 'loaded' && lines.value !== last) {
    setLast(lines.value);
  }
  const known = lines.state === 'loaded' ? lines.value : last;
  const same = known?.of === scope && known.search === search && known.lines.by === kind;
  return same ? known.lines : undefined;
}
