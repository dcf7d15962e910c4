/**
 * A queue for what keeps the database busy for long: each work begins when the one before has ended, and waits without a
 * connection. Resolves to undefined, without doing it, when it `isWanted` no more as its turn comes; else as the work does.
 */
export function oneAtATime(): <T>(work: () => Promise<T>, isWanted: () => boolean) => Promise<T | undefined> {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>, isWanted: () => boolean) => {
    const turn = last.then(() => (isWanted() ? work() : undefined));
    last = turn.catch(() => undefined);
    return turn;
  };
}
