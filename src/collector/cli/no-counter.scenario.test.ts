import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isoHour } from '../../domain/hours';
import { collectArguments, END, START } from '../../testing/bad-input-ledger';
import { hourlyCounter } from '../../testing/hourly-counter';
import { createLedger } from '../../testing/ledger';
import { ledgerFacts } from '../../testing/ledger-facts';
import { startPrometheus } from '../../testing/prometheus-server';
import { runChargeback } from '../../testing/run-chargeback';

test('a metric that is no counter is told, with what to write instead', async () => {
  const exporter = createServer((_request, response) =>
    response
      .writeHead(200, { 'content-type': 'text/plain' })
      .end('# TYPE temperature gauge\ntemperature{topic="t"} 20\n'),
  ).listen(0, '127.0.0.1');
  await once(exporter, 'listening');
  const live = await startPrometheus([hourlyCounter({ __name__: 'temperature', topic: 't' }, START, [1, 2, 3])], {
    scrape: `127.0.0.1:${(exporter.address() as AddressInfo).port}`,
  });
  const hot = await createLedger({
    prometheusUrl: live.url,
    meters: [{ slug: 'temperature', unit: 'degree', counter: 'temperature', dimensions: { topic: 'topic' } }],
  });
  try {
    await waitForMetadata(live.url, 'temperature');
    const run = await runChargeback(collectArguments(isoHour(START), isoHour(END)), hot.environment);
    expect(run.stderr).toMatch(/temperature/);
    expect(run.stderr).toMatch(/gauge/);
    expect(run.code).toBe(1);
    expect(await ledgerFacts(hot.database.pool)).toEqual([]);
  } finally {
    await hot.drop();
    await live.stop();
    exporter.close();
  }
});

/** Prometheus knows a metric's type once it has scraped it. */
async function waitForMetadata(url: string, metric: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if ((await (await fetch(`${url}/api/v1/metadata?metric=${metric}`)).text()).includes('gauge')) {
      return;
    }
    await sleep(100);
  }
  throw new Error(`Prometheus has no metadata of ${metric}`);
}
