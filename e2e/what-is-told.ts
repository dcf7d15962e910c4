import type { Page } from '@playwright/test';
import { PROXY } from './journey';

/**
 * Names of what belongs to others than the members of payments: the workspace, its applications, clusters, topics and
 * principal, what nobody owns, and what journeys make for it (discounts, budgets).
 */
export const OF_OTHERS = /\banalytics\b|report-\d|vc-analytics|vc-unknown|stray|sa-reports|of others|kanari/i;
/** Without what nobody owns: journeys give it to payments and take it back, which stays in the history of payments. */
export const OF_ANALYTICS = new RegExp(OF_OTHERS.source.replace('|vc-unknown|stray', ''), 'i');
/** The same of payments. */
export const OF_PAYMENTS = /\bpayments\b|checkout|invoices|vc-payments|\bsa-1\b/i;

/** Everything that stands in the page, with its title and every label, and everything that the browser keeps of it. */
export async function everythingShown(page: Page): Promise<string> {
  return page.evaluate(() => {
    const copy = document.body.cloneNode(true) as HTMLElement;
    copy.querySelectorAll('script, style').forEach((one) => one.remove());
    const typed = [...document.querySelectorAll('input, textarea')].map((one) => (one as HTMLInputElement).value);
    return [document.title, copy.innerHTML, ...typed].join('\n');
  });
}

/** Collects all answers to the app from now on: their bodies, and the headers that can carry a name. */
export function listen(page: Page): string[] {
  const answers: string[] = [];
  page.on('response', (response) => {
    if (response.url().includes(PROXY)) {
      const { location = '', link = '', 'content-disposition': file = '' } = response.headers();
      void response.text().then(
        (text) => answers.push([text, location, link, file].filter(Boolean).join('\n')),
        () => undefined,
      );
    }
  });
  return answers;
}
