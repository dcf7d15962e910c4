import { Command } from 'commander';
import { DateTime } from 'luxon';
import type { CrossingNews } from '../budgets/notifications/crossing-news';
import { DeliveryFailure } from '../budgets/notifications/delivery-failure';
import { sendEmail } from '../budgets/notifications/send-email';
import { sendWebhook } from '../budgets/notifications/send-webhook';
import { loadConfig, type Config } from '../config';
import { ChargebackError, type Finding } from '../errors';
import { printLines } from './output';
import { WrongUsage } from './wrong-usage';

/** Milliseconds until a server that does not answer is given up: what a notification may take, too. */
const LIMIT = 10_000;

interface Options {
  to?: string;
  webhook?: boolean;
}

/** `chargeback budgets notify-test`: shows whether mails and the webhook arrive, before a budget depends on it. */
export function budgetsNotifyTestCommand(): Command {
  return new Command('notify-test')
    .description('send a test of the notifications of budgets, by mail and to the webhook')
    .option('--to <address>', 'send a mail to this address')
    .option('--webhook', 'send to CHARGEBACK_NOTIFY_WEBHOOK_URL')
    .action(notifyTest);
}

async function notifyTest({ to, webhook }: Options): Promise<void> {
  if (to === undefined && !webhook) {
    throw new WrongUsage('say what to try: --to ADDRESS, --webhook, or both');
  }
  const config = loadConfig(process.env);
  const { notifications } = config;
  const findings: Finding[] = [];
  if (to !== undefined && !notifications.email) {
    findings.push({ path: 'CHARGEBACK_SMTP_URL', message: 'is missing; for example smtp://mail.example.com:587' });
  }
  if (webhook && !notifications.webhook) {
    findings.push({
      path: 'CHARGEBACK_NOTIFY_WEBHOOK_URL',
      message: 'is missing; for example https://example.com/hooks/budgets',
    });
  }
  if (findings.length > 0) {
    throw new ChargebackError('INVALID_CONFIGURATION', 'This collector notifies nobody:', findings);
  }
  const news = exampleNews(config);
  if (to !== undefined && notifications.email) {
    const { email } = notifications;
    await tried(findings, 'CHARGEBACK_SMTP_URL', (signal) => sendEmail(email, config, { news, to, signal }));
  }
  if (webhook && notifications.webhook) {
    const { webhook: receiver } = notifications;
    await tried(findings, 'CHARGEBACK_NOTIFY_WEBHOOK_URL', (signal) => sendWebhook(receiver, config, { news, signal }));
  }
  if (findings.length > 0) {
    throw new ChargebackError('INVALID_CONFIGURATION', 'A test was not delivered:', findings);
  }
}

async function tried(
  findings: Finding[],
  variable: string,
  send: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  try {
    await send(AbortSignal.timeout(LIMIT));
    printLines([`${variable}: the test was taken over.`]);
  } catch (error) {
    if (!(error instanceof DeliveryFailure)) {
      throw error;
    }
    findings.push({ path: variable, message: error.reason });
  }
}

/** A crossing that never was, in the month that runs. */
function exampleNews({ currency, timezone }: Config): CrossingNews {
  const now = DateTime.now().setZone(timezone);
  return {
    id: 'test',
    budgetId: 0,
    budget: 'Test of notifications',
    owner: 'nobody',
    scope: {},
    interval: 'month',
    period: { start: now.toFormat('yyyy-MM'), end: now.startOf('month').plus({ months: 1 }).toFormat('yyyy-MM') },
    percent: '90',
    amount: '1000',
    spent: '905.5',
    usedPercent: '90.55',
    currency,
    crossedAt: now.toJSDate(),
    dataUntil: now.startOf('hour').toJSDate(),
  };
}
