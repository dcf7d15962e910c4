import { SingleBar } from 'cli-progress';
import { isoHour } from '../../domain/hours';
import type { CollectProgress } from '../metering/collect';

/** Shows how far a collection is: a bar on a terminal, else a line for every tenth part. */
export class CollectProgressDisplay {
  #bar: SingleBar | undefined;
  #tenths = -1;

  constructor(private readonly out: NodeJS.WriteStream) {}

  show({ done, total, meter, hour }: CollectProgress): void {
    if (this.out.isTTY) {
      if (!this.#bar) {
        this.#bar = new SingleBar({
          format: '{bar} {percentage}% | {value}/{total} hours | {meter} up to {hour} | {eta_formatted} left',
          stream: this.out,
          hideCursor: true,
        });
        this.#bar.start(total, 0, { meter, hour: isoHour(hour) });
      }
      this.#bar.update(done, { meter, hour: isoHour(hour) });
      return;
    }
    const tenths = Math.floor((10 * done) / total);
    if (tenths > this.#tenths) {
      this.#tenths = tenths;
      this.out.write(
        `${String(Math.floor((100 * done) / total)).padStart(3)} %  ${done} of ${total} hours  ${meter} up to ${isoHour(hour)}\n`,
      );
    }
  }

  end(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }
}
