import { setTimeout as sleep } from 'node:timers/promises';

const HOUR = 3_600_000;
const LIMIT = 120_000;

/** The billing month `YYYY-MM` of the last hour that has ended, in the collector's time zone. */
export function currentPeriod(now = Date.now()) {
  const timeZone = process.env.CHARGEBACK_TIMEZONE || 'UTC';
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit' }).formatToParts(
    now - HOUR,
  );
  const part = (type) => parts.find((one) => one.type === type)?.value;
  return `${part('year')}-${part('month')}`;
}

/** Waits until the month has costs; returns its chargeback as the API gives it. */
export async function firstCosts(collector) {
  const deadline = Date.now() + LIMIT;
  for (;;) {
    const answer = await collector.get(`/v1/chargeback?period=${currentPeriod()}`).catch((error) => error);
    if (!(answer instanceof Error) && answer.lines.length > 0 && Number(answer.totals.total_cost) > 0) {
      return answer;
    }
    if (Date.now() > deadline) {
      const reason = answer instanceof Error ? answer.message : 'the month has no costs';
      throw new Error(`no costs after ${LIMIT / 1000} s: ${reason}; the collector's words are in its log`);
    }
    await sleep(500);
  }
}
