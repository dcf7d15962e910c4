import { oneAtATime } from './one-at-a-time';

test('each begins when the one before has ended, also when that failed', async () => {
  const inTurn = oneAtATime();
  const seen: string[] = [];
  const work = (name: string, fails = false) =>
    inTurn(
      async () => {
        seen.push(`${name} begins`);
        await new Promise(setImmediate);
        seen.push(`${name} ends`);
        if (fails) {
          throw new Error(name);
        }
        return name;
      },
      () => true,
    );
  expect(await Promise.allSettled([work('a'), work('b', true), work('c')])).toEqual([
    { status: 'fulfilled', value: 'a' },
    { status: 'rejected', reason: new Error('b') },
    { status: 'fulfilled', value: 'c' },
  ]);
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

test('what is not wanted any more when its turn comes is not done', async () => {
  const inTurn = oneAtATime();
  let wanted = true;
  const done: string[] = [];
  const work = (name: string, isWanted: () => boolean) => inTurn(async () => void done.push(name), isWanted);
  await Promise.all([
    work('a', () => wanted),
    work('b', () => wanted).then(() => (wanted = false)),
    work('c', () => wanted),
    work('d', () => true),
  ]);
  expect(done).toEqual(['a', 'b', 'd']);
});
