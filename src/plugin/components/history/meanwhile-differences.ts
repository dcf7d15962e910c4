import { PreconditionProblem } from '../../../api/changed-meanwhile';
import type { HistoryEntry } from '../../../api/history';
import type { ApiError } from '../../data/api-error';
import { describeEntry } from './describe-entry';
import type { Difference } from './rate-card-differences';

/** The objects of which a refusal tells a change as a whole, in the form of the history. */
const WHOLE: Record<string, Pick<HistoryEntry, 'object' | 'action'> & { side: (value: unknown) => unknown }> = {
  rules: { object: 'directory', action: 'directory.apply', side: (change) => change },
  grants: { object: 'access', action: 'access.apply', side: (grants) => ({ grants }) },
};

/** What somebody else changed, as far as a refused write tells it; nothing for any other error. */
export function meanwhileDifferences({ body }: ApiError, timeZone: string): Difference[] {
  const told = PreconditionProblem.safeParse(body).data?.changed;
  return (told?.fields ?? []).flatMap(({ field, before, after }) => {
    const whole = WHOLE[field];
    const name = field.replaceAll('.', ' ');
    const entry: HistoryEntry = {
      id: '',
      at: told?.at ?? '',
      actor: told?.by ?? '',
      via: null,
      address: null,
      action: whole?.action ?? 'field.change',
      object: whole?.object ?? 'field',
      object_id: null,
      subject: name,
      workspace: null,
      before: whole ? whole.side(before) : { [name]: before },
      after: whole ? whole.side(after) : { [name]: after },
    };
    return describeEntry(entry, { timeZone, unitOf: () => '' }).differences;
  });
}
