import { existsSync, statSync } from 'node:fs';
import { z } from 'zod';
import { DEFAULT_ACCESS, type DefaultAccess } from '../api/access';
import { Currency } from '../api/common';
import { isTimeZone } from '../domain/billing-month';
import {
  missingForNotifications,
  NOTIFICATION_VARIABLES,
  notificationConfig,
  type NotificationConfig,
} from './notification-variables';
import { ChargebackError } from './errors';

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`));

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' })
  .transform((url) => url.replace(/\/+$/, ''));
const secret = z.string().min(1, 'must not be empty (leave the variable out instead)');

/** Every environment variable, with its default and meaning. The one place where configuration is defined. */
export const VARIABLES = {
  DATABASE_URL: z
    .string({ error: 'is missing; for example postgres://chargeback:secret@127.0.0.1:5432/chargeback' })
    .regex(/^postgres(ql)?:\/\//, 'must be a postgres:// URL')
    .describe('PostgreSQL 15 or newer'),
  PROMETHEUS_URL: httpUrl.optional().describe('Prometheus, or any server with its HTTP API'),
  CHARGEBACK_CONFIG: z
    .string()
    .refine((folder) => existsSync(folder) && statSync(folder).isDirectory(), {
      error: ({ input }) => `no such folder: ${String(input)}; create it or leave the variable out`,
    })
    .optional()
    .describe('folder with meters.yaml, access.yaml, directory.yaml, rates.yaml, budgets.yaml'),
  CHARGEBACK_LISTEN: z
    .string()
    .regex(/^(\[[0-9a-fA-F:]+\]|[^:\s]+):\d{1,5}$/, 'must be HOST:PORT, for example 127.0.0.1:8080')
    .default('127.0.0.1:8080')
    .describe('address of the HTTP server'),
  CHARGEBACK_ADMIN_TOKEN: secret
    .min(8, 'must have at least 8 characters')
    .optional()
    .describe('first bearer token, role admin'),
  CHARGEBACK_GRAFANA_KEY: secret
    .min(8, 'must have at least 8 characters')
    .optional()
    .describe("shared secret that Grafana's proxy sends as X-Chargeback-Key"),
  CHARGEBACK_GRAFANA_URL: httpUrl.optional().describe("Grafana's URL, for its signing keys"),
  CHARGEBACK_GRAFANA_TOKEN: secret
    .optional()
    .describe("token of a service account of Grafana that may read teams, for grants by a team's name"),
  CHARGEBACK_REQUIRE_GRAFANA_ID: z
    .enum(['true', 'false'], { error: 'must be true or false' })
    .default('false')
    .describe('whether users of Grafana must come with what it signs of them (needs CHARGEBACK_GRAFANA_URL)'),
  CHARGEBACK_DEFAULT_ACCESS: z
    .enum(DEFAULT_ACCESS, { error: 'must be all or none' })
    .default('none')
    .describe('which workspaces those see whom no grant fits; administrators see everything'),
  CHARGEBACK_READER_PASSWORD: secret
    .optional()
    .describe('lets the role chargeback_reader log in (for Grafana); set by migrate'),
  CHARGEBACK_URL: httpUrl.optional().describe('the collector that `chargeback costs` and `chargeback api` ask'),
  CHARGEBACK_TOKEN: secret.optional().describe('the bearer token with which those commands ask'),
  CHARGEBACK_TIMEZONE: z
    .string()
    .refine(isTimeZone, 'must be an IANA time zone such as Europe/Berlin')
    .default('UTC')
    .describe('time zone of billing months and days'),
  CHARGEBACK_CURRENCY: Currency.default('USD').describe('reporting currency'),
  CHARGEBACK_SETTLE_MINUTES: wholeNumber(0, 1440).default(5).describe('how long after its end an hour is collected'),
  CHARGEBACK_RECOLLECT_HOURS: wholeNumber(0, 168)
    .default(6)
    .describe('how many of the last hours are collected again, for late samples'),
  CHARGEBACK_LOOKBACK_HOURS: wholeNumber(1, 744)
    .default(24)
    .describe("how far back a series' previous sample is looked for"),
  CHARGEBACK_METRIC_SERIES: wholeNumber(1, 1_000_000)
    .default(10_000)
    .describe('most series of chargeback_cost_hourly; the smallest fold into "other"'),
  CHARGEBACK_RATE_LIMIT: wholeNumber(0, 1_000_000)
    .default(1200)
    .describe('requests a minute that a token or a user of Grafana may send; 0: any number'),
  CHARGEBACK_STATEMENT_TIMEOUT: wholeNumber(1, 3600)
    .default(30)
    .describe('seconds that PostgreSQL may take for a statement of a request that reads'),
  CHARGEBACK_STOP_SECONDS: wholeNumber(1, 3600)
    .default(25)
    .describe('seconds that running requests and jobs get to finish when the collector is told to stop'),
  ...NOTIFICATION_VARIABLES,
  CHARGEBACK_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace'])
    .default('info')
    .describe('log level'),
} as const;

const Environment = z.object(VARIABLES);

/** The configuration, frozen. Names follow the variables without prefix, in camel case. */
export interface Config {
  readonly databaseUrl: string;
  readonly prometheusUrl: string | undefined;
  readonly configFolder: string | undefined;
  readonly listen: { readonly host: string; readonly port: number };
  readonly adminToken: string | undefined;
  readonly grafanaKey: string | undefined;
  readonly grafanaUrl: string | undefined;
  readonly grafanaToken: string | undefined;
  readonly requireGrafanaId: boolean;
  readonly defaultAccess: DefaultAccess;
  readonly readerPassword: string | undefined;
  readonly timezone: string;
  readonly currency: string;
  readonly settleMinutes: number;
  readonly recollectHours: number;
  readonly lookbackHours: number;
  readonly metricSeries: number;
  readonly rateLimit: number;
  readonly statementTimeoutSeconds: number;
  readonly stopSeconds: number;
  readonly notifications: NotificationConfig;
  readonly logLevel: string;
}

/** Reads the configuration from environment variables; an INVALID_CONFIGURATION error lists every problem at once. */
export function loadConfig(environment: Record<string, string | undefined>): Config {
  const known = Object.keys(VARIABLES);
  const findings = Object.keys(environment)
    .filter((name) => name.startsWith('CHARGEBACK_') && !known.includes(name))
    .map((name) => ({
      path: name,
      message: `is not a variable of Chargeback; known are ${known.filter((other) => other.startsWith('CHARGEBACK_')).join(', ')}`,
    }));
  // Compose and CI pass variables that are not set as empty ones.
  const given = Object.fromEntries(
    known.map((name) => [name, environment[name] === '' ? undefined : environment[name]]),
  );
  // An empty secret is refused instead: it comes from a provisioning file whose variable was not set, and would match an empty header.
  for (const name of ['CHARGEBACK_ADMIN_TOKEN', 'CHARGEBACK_GRAFANA_KEY']) {
    if (environment[name] === '') {
      findings.push({ path: name, message: 'is empty; give it a value or leave it out' });
    }
  }
  if (given['CHARGEBACK_REQUIRE_GRAFANA_ID'] === 'true' && given['CHARGEBACK_GRAFANA_URL'] === undefined) {
    findings.push({
      path: 'CHARGEBACK_REQUIRE_GRAFANA_ID',
      message: 'needs CHARGEBACK_GRAFANA_URL, where the signing keys are',
    });
  }
  findings.push(...missingForNotifications(given));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    findings.push(...parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })));
  }
  if (!parsed.success || findings.length > 0) {
    throw new ChargebackError('INVALID_CONFIGURATION', 'The configuration has problems:', findings);
  }
  const env = parsed.data;
  const colon = env.CHARGEBACK_LISTEN.lastIndexOf(':');
  return Object.freeze({
    databaseUrl: env.DATABASE_URL,
    prometheusUrl: env.PROMETHEUS_URL,
    configFolder: env.CHARGEBACK_CONFIG,
    listen: Object.freeze({
      host: env.CHARGEBACK_LISTEN.slice(0, colon).replace(/^\[|\]$/g, ''),
      port: Number(env.CHARGEBACK_LISTEN.slice(colon + 1)),
    }),
    adminToken: env.CHARGEBACK_ADMIN_TOKEN,
    grafanaKey: env.CHARGEBACK_GRAFANA_KEY,
    grafanaUrl: env.CHARGEBACK_GRAFANA_URL,
    grafanaToken: env.CHARGEBACK_GRAFANA_TOKEN,
    requireGrafanaId: env.CHARGEBACK_REQUIRE_GRAFANA_ID === 'true',
    defaultAccess: env.CHARGEBACK_DEFAULT_ACCESS,
    readerPassword: env.CHARGEBACK_READER_PASSWORD,
    timezone: env.CHARGEBACK_TIMEZONE,
    currency: env.CHARGEBACK_CURRENCY,
    settleMinutes: env.CHARGEBACK_SETTLE_MINUTES,
    recollectHours: env.CHARGEBACK_RECOLLECT_HOURS,
    lookbackHours: env.CHARGEBACK_LOOKBACK_HOURS,
    metricSeries: env.CHARGEBACK_METRIC_SERIES,
    rateLimit: env.CHARGEBACK_RATE_LIMIT,
    statementTimeoutSeconds: env.CHARGEBACK_STATEMENT_TIMEOUT,
    stopSeconds: env.CHARGEBACK_STOP_SECONDS,
    notifications: notificationConfig(env, env.CHARGEBACK_GRAFANA_URL),
    logLevel: env.CHARGEBACK_LOG_LEVEL,
  });
}
