import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { startServer, type LocalServer } from './local-server';
import { expectLoaded } from './loaded-samples';
import { seriesText, type SampleSeries } from './sample-set';

const run = promisify(execFile);

/** The program, from PROMETHEUS_BIN or the PATH; `promtool` is expected beside it. */
const PROMETHEUS = process.env.PROMETHEUS_BIN ?? 'prometheus';
/** Beside Prometheus; checks its files and makes its blocks. */
export const PROMTOOL = PROMETHEUS.includes('/') ? join(dirname(PROMETHEUS), 'promtool') : 'promtool';

/**
 * A real Prometheus on loopback that holds exactly `series`. The samples are written as blocks before it starts; it
 * scrapes nothing, or `scrape` (HOST:PORT) every second. Values should have at most 17 significant digits (they
 * become float64).
 */
export async function startPrometheus(
  series: SampleSeries[],
  { scrape }: { scrape?: string } = {},
): Promise<LocalServer> {
  const folder = await mkdtemp(join(tmpdir(), 'chargeback-prometheus-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await writeFile(join(folder, 'prometheus.yml'), configuration(scrape));
    if (series.some(({ samples }) => samples.length > 0)) {
      await writeOpenMetrics(join(folder, 'samples.om'), series);
      // A block as long as a month: the default of two hours makes the import a hundred times slower.
      await run(PROMTOOL, [
        'tsdb',
        'create-blocks-from',
        'openmetrics',
        '--quiet',
        '--max-block-duration=744h',
        join(folder, 'samples.om'),
        join(folder, 'data'),
      ]);
    }
    const server = await startServer({
      command: PROMETHEUS,
      args: [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        '--storage.tsdb.retention.time=100y',
        '--web.listen-address=127.0.0.1:0',
      ],
      url: (log) =>
        /msg="Listening on"(?: component=web)? address=(127\.0\.0\.1:\d+)/.exec(log)?.[1]?.replace(/^/, 'http://'),
      ready: '/-/ready',
    });
    const stop = async () => {
      await server.stop();
      await remove();
    };
    try {
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

function configuration(scrape: string | undefined): string {
  return scrape === undefined
    ? 'global: {}\n'
    : `scrape_configs: [{ job_name: live, scrape_interval: 1s, scrape_timeout: 1s, static_configs: [{ targets: ['${scrape}'] }] }]\n`;
}

/** OpenMetrics text: seconds with three decimals, one series after the other, `# EOF`. */
async function writeOpenMetrics(path: string, series: SampleSeries[]): Promise<void> {
  const file = createWriteStream(path);
  for (const { labels, samples } of series) {
    const name = seriesText(labels);
    const lines = samples.map(([at, value]) => `${name} ${value} ${(at / 1000).toFixed(3)}\n`).join('');
    if (!file.write(lines)) {
      await once(file, 'drain');
    }
  }
  file.end('# EOF\n');
  await once(file, 'close');
}
