import { DateTime } from 'luxon';
import type { ExplainedDaysQuery, ExplainedHoursQuery, ExplainedReadingsQuery } from '../../api/explanations';
import { HOUR, hourOf, isoHour, isOnHour, type Hour } from '../../domain/hours';
import type { Context } from '../context';
import type { Finding } from '../errors';
import {
  explainedMeters,
  type ExplainedMeter,
  type ExplainedQuestion,
} from '../ledger/explanations/explained-question';
import { chargebackScope } from './chargeback-scope';
import type { Identity } from './identity';

type Settings = Pick<Context, 'pool' | 'config'>;
type Range = { from: Date; to: Date };

/** The days that an `identity` wants explained. Throws INVALID_REQUEST with all that is wrong, or FORBIDDEN. */
export async function daysQuestion(
  settings: Settings,
  query: ExplainedDaysQuery,
  identity: Identity,
): Promise<{ question: ExplainedQuestion; range: Range }> {
  return explainedQuestion(settings, query, identity, []);
}

/** The hours of a day; throws as daysQuestion does. */
export async function hoursQuestion(
  settings: Settings,
  { day, ...query }: ExplainedHoursQuery,
  identity: Identity,
): Promise<ExplainedQuestion> {
  const start = DateTime.fromISO(day, { zone: settings.config.timezone }).startOf('day');
  const end = start.plus({ days: 1 }).startOf('day');
  const range = { from_ts: start.toJSDate().toISOString(), to_ts: end.toJSDate().toISOString() };
  return (await explainedQuestion(settings, { ...query, ...range }, identity, [])).question;
}

/** The readings of an hour; throws as daysQuestion does. */
export async function readingsQuestion(
  settings: Settings,
  { hour, limit, offset, ...query }: ExplainedReadingsQuery,
  identity: Identity,
): Promise<{ question: ExplainedQuestion; hour: Hour; limit: number; offset: number }> {
  const at = new Date(hour);
  const start = hourOf(at);
  const findings = isOnHour(at)
    ? []
    : [{ path: 'hour', message: `${at.toISOString()} is not on the hour; the hour it lies in is ${isoHour(start)}` }];
  const range = { from_ts: isoHour(start), to_ts: isoHour(start + HOUR) };
  const { question } = await explainedQuestion(settings, { ...query, ...range }, identity, findings);
  return { question, hour: start, limit, offset };
}

async function explainedQuestion(
  { pool, config }: Settings,
  { charge_type, ...query }: ExplainedDaysQuery,
  identity: Identity,
  findings: Finding[],
): Promise<{ question: ExplainedQuestion; range: Range }> {
  const meters = await explainedMeters(pool);
  const meter = meters.find(({ slug }) => slug === charge_type);
  const further = meter ? findings : [...findings, unknownMeter('charge_type', charge_type, meters)];
  const { from, to, currency, filters, workspaces } = chargebackScope(query, identity, config.timezone, { further });
  if (!meter) {
    throw new Error('an unknown meter was let through');
  }
  return {
    question: {
      meter,
      currency: currency ?? config.currency,
      filters: { ...filters, ...(workspaces && { workspace: workspaces }) },
      timezone: config.timezone,
    },
    range: { from, to },
  };
}

/** What is wrong with a slug that no meter has. */
export function unknownMeter(path: string, slug: string, known: Array<Pick<ExplainedMeter, 'slug'>>): Finding {
  const slugs = known.map((meter) => meter.slug);
  return {
    path,
    message: `there is no meter ${JSON.stringify(slug)}; ${slugs.length > 0 ? `known are ${slugs.join(', ')}` : 'none was defined yet'}`,
  };
}
