import type { Config } from '../../config';
import { crossingLinks } from './crossing-links';
import type { CrossingNews } from './crossing-news';
import { crossingFacts, crossingSentence } from './crossing-text';

/** A mail about a crossing, for people whose program shows HTML and for those whose does not. */
export interface CrossingEmail {
  subject: string;
  text: string;
  html: string;
}

const TEST_PREFIX = '[Test] ';
const WHY = 'Sent by Chargeback when a threshold of a budget is crossed, once a period.';
const WHY_TEST = 'An administrator of Chargeback tries whether its mails arrive. Nothing was crossed.';

/** The mail about `news`. Names in it are text, whatever characters they have. */
export function crossingEmail(news: CrossingNews, config: Pick<Config, 'notifications' | 'timezone'>): CrossingEmail {
  const test = news.id === 'test';
  const subject = `${test ? TEST_PREFIX : ''}${crossingSentence(news)}`;
  const facts = crossingFacts(news, config);
  const links = crossingLinks(config, news);
  const why = test ? WHY_TEST : WHY;
  return {
    subject,
    text: [
      subject,
      '',
      ...facts.map(([label, value]) => `${`${label}:`.padEnd(12)}${value}`),
      '',
      ...(links ? [`Budgets:   ${links.budgets}`, `Dashboard: ${links.dashboard}`, ''] : []),
      why,
      '',
    ].join('\n'),
    html: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escape(subject)}</title></head>
<body style="font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:1.5">
<h1 style="font-size:18px">${escape(subject)}</h1>
<table cellpadding="4" style="border-collapse:collapse">
${facts.map(([label, value]) => `<tr><th scope="row" align="left" valign="top">${escape(label)}</th><td>${escape(value)}</td></tr>\n`).join('')}</table>
${links ? `<p><a href="${escape(links.budgets)}">Open Budgets</a> · <a href="${escape(links.dashboard)}">Open the dashboard</a></p>\n` : ''}<p><small>${escape(why)}</small></p>
</body></html>
`,
  };
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
