/** Prints what happens and how long it took. */
export class Steps {
  #began = performance.now();

  /** Runs `work` under the heading `label`; what it returns is printed behind the time it took. */
  async run(label, work) {
    const began = performance.now();
    console.log(`▸ ${label}`);
    const detail = await work((line) => console.log(`    ${line}`));
    console.log(`  ${seconds(performance.now() - began)}${detail ? `  ${detail}` : ''}`);
  }

  /** Time since the demo began. */
  total() {
    return seconds(performance.now() - this.#began);
  }
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
