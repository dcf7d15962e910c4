import { setTimeout as sleep } from 'node:timers/promises';
import { extent, type SampleSeries } from './sample-set';

/** Waits up to 10 s until a server finds as many samples as were loaded; otherwise an error with both numbers. */
export async function expectLoaded(url: string, series: SampleSeries[]): Promise<void> {
  const names = new Set(series.map(({ labels }) => labels.__name__ ?? ''));
  for (const name of names) {
    await expectMetric(url, name, extent(series.filter(({ labels }) => labels.__name__ === name)));
  }
}

async function expectMetric(
  url: string,
  name: string,
  { count, first, last }: ReturnType<typeof extent>,
): Promise<void> {
  if (count === 0) {
    return;
  }
  let found = '0';
  for (let attempt = 0; attempt < 40; attempt += 1) {
    found = await countSamples(url, name, first - 1000, last);
    if (found === String(count)) {
      return;
    }
    await sleep(250);
  }
  throw new Error(`the server at ${url} finds ${found} samples of ${name} instead of ${count}`);
}

async function countSamples(url: string, name: string, from: number, to: number): Promise<string> {
  const query = new URLSearchParams({
    query: `sum(count_over_time(${name}[${to - from}ms]))`,
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
