/** Prints what happens and how long it took. */
export class Steps {
  #began = performance.now();

  /** Runs `work` under the heading `label`; what it returns is printed behind the time it took. `work` may show progress. */
  async run(label, work) {
    const began = performance.now();
    console.log(`▸ ${label}`);
    const detail = await work(showProgress);
    console.log(`  ${seconds(performance.now() - began)}${detail ? `  ${detail}` : ''}`);
  }

  /** Time since the demo began. */
  total() {
    return seconds(performance.now() - this.#began);
  }
}

/** A line that is written over by the next on a terminal, and stays elsewhere; `done` is a share from 0 to 1. */
function showProgress(done) {
  const percent = `${Math.round(done * 100)} %`.padStart(7);
  if (process.stdout.isTTY) {
    const bar = '='.repeat(Math.round(done * 40)).padEnd(40, '-');
    process.stdout.write(`\r  ${bar}${percent}${done >= 1 ? '\n' : ''}`);
  } else {
    console.log(percent);
  }
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
