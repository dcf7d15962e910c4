// Takes the pictures of README and docs from a running demo: `npm run screenshots [-- --url URL] [NAME…]`. The demo may
// show a Grafana (login GRAFANA_ADMIN, admin:admin) or its preview of the pages; the docs show a Grafana.
import { chromium } from '@playwright/test';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SHOTS } from './screenshots/shots.mjs';

const OUT = fileURLToPath(new URL('../docs/img', import.meta.url));
const { values, positionals } = parseArgs({
  options: { url: { type: 'string', default: 'http://127.0.0.1:3000' } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !SHOTS.some((shot) => shot.name === name));
if (unknown.length > 0) {
  console.error(`There is no picture ${unknown.join(', ')}; there are ${SHOTS.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

/** Whether a Grafana answers at `url`; the preview has no health of its own. */
async function isGrafana(url) {
  const answer = await fetch(`${url}/api/health`).catch(() => null);
  if (!answer) {
    console.error(`Nothing answers at ${url}. Start "npm run demo" in another terminal, or give --url.`);
    process.exit(1);
  }
  return answer.ok;
}

const grafana = await isGrafana(values.url);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  await mkdir(OUT, { recursive: true });
  for (const shot of SHOTS.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
    if (shot.needsGrafana && !grafana) {
      console.log(`${shot.name}: left out, there is no Grafana at ${values.url}`);
      continue;
    }
    for (const theme of shot.themes ?? ['light', 'dark']) {
      const context = await browser.newContext({
        viewport: { width: 1440, height: shot.height ?? 1000 },
        locale: 'en-GB',
      });
      const page = await context.newPage();
      if (grafana) {
        const [user, password] = (process.env.GRAFANA_ADMIN ?? 'admin:admin').split(':');
        await page.request.post(`${values.url}/login`, { data: { user, password } });
      } else {
        await context.addCookies([{ name: 'preview-theme', value: theme, url: values.url }]);
      }
      await page.goto(`${values.url}${shot.path}${shot.path.includes('?') ? '&' : '?'}theme=${theme}`);
      await shot.ready(page);
      // What is drawn on a canvas comes after what is said to be ready.
      await page.waitForTimeout(1500);
      await page.screenshot({ path: path.join(OUT, `${shot.name}-${theme}.png`) });
      console.log(`docs/img/${shot.name}-${theme}.png`);
      await context.close();
    }
  }
} finally {
  await browser.close();
}
