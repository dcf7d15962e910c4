import { map, switchMap, takeWhile, timer, type Observable } from 'rxjs';
import { getFirstRunFacts } from './first-run-facts';
import { firstRunSteps, isFirstRunDone, type FirstRunStep } from './first-run-steps';

/** How often the steps are asked again, in milliseconds. */
const EVERY = 10_000;

/** The steps, asked again until all are done: one who waits for the first hour sees it come. */
export function followSteps(): Observable<FirstRunStep[]> {
  return timer(0, EVERY).pipe(
    switchMap(() => getFirstRunFacts()),
    map(firstRunSteps),
    takeWhile((steps) => !isFirstRunDone(steps), true),
  );
}
