import type { Observable } from 'rxjs';
import type { z } from 'zod';
import type { Costs, CostsQuery } from '../../api/costs';
import { ask } from './collector';

/** Costs of the hours [from_ts, to_ts), grouped and filtered; at most `limit` rows, the rest behind `next_cursor`. */
export function getCosts(question: z.input<typeof CostsQuery>): Observable<Costs> {
  return ask('getCosts', question);
}
