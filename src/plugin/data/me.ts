import type { Observable } from 'rxjs';
import type { Me } from '../../api/me';
import { ask } from './collector';

/** Who the collector takes the user for, and what holds for everybody (billing time zone, currency). */
export function getMe(): Observable<Me> {
  return ask('getMe');
}
