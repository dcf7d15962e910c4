import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startServer, type LocalServer } from './local-server';
import { expectLoaded } from './loaded-samples';
import type { SampleSeries } from './sample-set';

/** The program, from VICTORIA_METRICS_BIN or the PATH. */
const VICTORIA_METRICS = process.env.VICTORIA_METRICS_BIN ?? 'victoria-metrics';
const SAMPLES_PER_LINE = 10_000;

/**
 * A real VictoriaMetrics on loopback that holds exactly `series`. It keeps values as decimal mantissas of 64 bits
 * that share one exponent per block: whole numbers stay exact up to 15 digits, fractions only to 12 significant
 * digits, and the values of one series should span no more than 18 digits together. NaN cannot be loaded.
 */
export async function startVictoriaMetrics(series: SampleSeries[]): Promise<LocalServer> {
  const folder = await mkdtemp(join(tmpdir(), 'chargeback-victoria-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const port = await freePort();
    const server = await startServer({
      command: VICTORIA_METRICS,
      args: [
        `-httpListenAddr=127.0.0.1:${port}`,
        `-storageDataPath=${folder}`,
        '-retentionPeriod=100y',
        '-memory.allowedBytes=256MB',
        '-search.maxConcurrentRequests=8',
      ],
      url: () => `http://127.0.0.1:${port}`,
      ready: '/health',
    });
    const stop = async () => {
      await server.stop();
      await remove();
    };
    try {
      await addSamples(server.url, series);
      await expectLoaded(server.url, series);
    } catch (error) {
      await stop();
      throw error;
    }
    return { ...server, stop };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Adds samples to a running VictoriaMetrics, also ones older than those it has: what arrives late. */
export async function addSamples(url: string, series: SampleSeries[]): Promise<void> {
  let lines: string[] = [];
  let waiting = 0;
  const send = async () => {
    const response = await fetch(`${url}/api/v1/import`, { method: 'POST', body: lines.join('') });
    if (!response.ok) {
      throw new Error(`VictoriaMetrics refused the samples: ${response.status} ${await response.text()}`);
    }
    [lines, waiting] = [[], 0];
  };
  for (const { labels, samples } of series) {
    for (let start = 0; start < samples.length; start += SAMPLES_PER_LINE) {
      const part = samples.slice(start, start + SAMPLES_PER_LINE);
      // Values go in as they are written: a number would lose digits, Inf is no JSON number.
      const values = part.map(([, value]) => (/^[+-]?Inf$/.test(value) ? `"${value}"` : value)).join(',');
      lines.push(
        `{"metric":${JSON.stringify(labels)},"values":[${values}],"timestamps":[${part.map(([at]) => at).join(',')}]}\n`,
      );
      waiting += part.length;
      if (waiting > 100_000) {
        await send();
      }
    }
  }
  if (lines.length > 0) {
    await send();
  }
  // Rows become visible to queries within a second or so; this makes them visible now.
  await fetch(`${url}/internal/force_flush`);
}
