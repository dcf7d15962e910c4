import { setTimeout as sleep } from 'node:timers/promises';
import { extent, type SampleSeries } from './sample-set';

/** Waits up to 10 s until a server finds as many samples as were loaded; otherwise an error with both numbers. */
export async function expectLoaded(url: string, series: SampleSeries[]): Promise<void> {
  const { count, first, last } = extent(series);
  if (count === 0) {
    return;
  }
  let found = '0';
  for (let attempt = 0; attempt < 40; attempt += 1) {
    found = await countSamples(url, first - 1000, last);
    if (found === String(count)) {
      return;
    }
    await sleep(250);
  }
  throw new Error(`the server at ${url} finds ${found} samples of ${count}`);
}

async function countSamples(url: string, from: number, to: number): Promise<string> {
  const query = new URLSearchParams({
    query: `sum(count_over_time({__name__!=""}[${to - from}ms]))`,
    time: String(to / 1000),
    nocache: '1',
  });
  const response = await fetch(`${url}/api/v1/query`, { method: 'POST', body: query });
  const answer = (await response.json()) as {
    status: string;
    error?: string;
    data?: { result: Array<{ value: [number, string] }> };
  };
  if (answer.status !== 'success') {
    throw new Error(`counting the samples failed: ${answer.error ?? response.status}`);
  }
  return answer.data?.result[0]?.value[1] ?? '0';
}
