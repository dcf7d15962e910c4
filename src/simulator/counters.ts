import { processAt } from './lifetimes';
import type { Gateway } from './organisation';
import { MINUTE } from './week';

const { floor } = Math;

/** Growth of a counter in any minute since the epoch, in whole units. */
export type Growth = (minute: number) => number;

/**
 * A counter of a gateway's process, read at ascending instants. It is zero when the process starts, grows evenly within
 * each minute, and is kept in whole units, so that every value is exact (below 2⁵³).
 */
export class Counter {
  private process = { startedAt: 0, replacedAt: 0 };
  private minute = 0;
  private total = 0;
  private growing = 0;

  constructor(
    private readonly gateway: Gateway,
    private readonly growth: Growth,
  ) {}

  /** The value at the instant `at` (ms). Going back in time costs a new count from the process's start. */
  at(at: number): number {
    const minute = floor(at / MINUTE);
    if (at >= this.process.replacedAt || minute < this.minute) {
      this.process = processAt(this.gateway, at);
      this.minute = this.process.startedAt / MINUTE;
      this.total = 0;
      this.growing = this.growth(this.minute);
    }
    while (this.minute < minute) {
      this.total += this.growing;
      this.minute += 1;
      this.growing = this.growth(this.minute);
    }
    return this.total + floor((this.growing * (at - minute * MINUTE)) / MINUTE);
  }
}
