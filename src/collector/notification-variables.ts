import { z } from 'zod';
import type { Finding } from './errors';

const Address = z.email();

/** `team@example.com`, or `Team <team@example.com>`; what a mail's header could not hold is refused. */
const sender = z.string().refine((text) => {
  const named = /^[^<>"\\\p{Cc}]*<([^<>]+)>$/u.exec(text);
  return Address.safeParse(named?.[1] ?? text).success;
}, 'must be an e-mail address, for example chargeback@example.com or Chargeback <chargeback@example.com>');

const addresses = z
  .string()
  .transform((text) => text.split(',').map((address) => address.trim()))
  .pipe(z.array(z.string()))
  .superRefine((list, context) =>
    list.forEach((address) => {
      if (!Address.safeParse(address).success) {
        context.addIssue({
          code: 'custom',
          message: `${JSON.stringify(address)} is not an e-mail address; write a@example.com,b@example.com`,
        });
      }
    }),
  );

/** The mail server in parts; the password only here. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (smtps); otherwise STARTTLS when the server offers it. */
  readonly secure: boolean;
  readonly login?: { readonly user: string; readonly password: string };
}

// Messages never repeat the value: it holds a password.
const smtpUrl = z.string().transform((text, context): SmtpServer => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const wrong = (message: string) => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '') {
    return wrong(
      'must be smtp://HOST:PORT or smtps://HOST:PORT, with USER:PASSWORD@ before the host if it wants a login',
    );
  }
  if (url.search !== '' || url.hash !== '' || !/^\/?$/.test(url.pathname)) {
    return wrong('must end with the port; percent-encode special characters of the password (/ is %2F, # is %23)');
  }
  if ((url.username === '') !== (url.password === '')) {
    return wrong('needs both a user and a password, or neither');
  }
  const secure = url.protocol === 'smtps:';
  const server = {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
  };
  try {
    return url.username === ''
      ? server
      : { ...server, login: { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) } };
  } catch {
    return wrong('has a % that begins no percent-encoding; write it as %25');
  }
});

const webhookUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' })
  .refine((text) => !URL.canParse(text) || new URL(text).username + new URL(text).password === '', {
    error: 'must not hold a user or password; what receives it can check CHARGEBACK_NOTIFY_WEBHOOK_SECRET instead',
  });

/** How crossings of budgets are told by the collector itself; without any of these it tells nobody. */
export const NOTIFICATION_VARIABLES = {
  CHARGEBACK_SMTP_URL: smtpUrl
    .optional()
    .describe('mail server for crossings of budgets: smtp(s)://USER:PASSWORD@HOST:PORT; without it no mail is sent'),
  CHARGEBACK_NOTIFY_FROM: sender.optional().describe('sender of the mails'),
  CHARGEBACK_NOTIFY_EMAIL: addresses
    .optional()
    .describe('addresses, with commas between them, that are told of budgets without a contact'),
  CHARGEBACK_NOTIFY_WEBHOOK_URL: webhookUrl
    .optional()
    .describe('where crossings of budgets are sent as JSON (POST); without it none are'),
  CHARGEBACK_NOTIFY_WEBHOOK_SECRET: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe('signs what is sent there (X-Chargeback-Signature)'),
  CHARGEBACK_NOTIFY_GRAFANA_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .describe("Grafana's URL as people open it, for links; CHARGEBACK_GRAFANA_URL when absent"),
} as const;

type Variables = z.infer<z.ZodObject<typeof NOTIFICATION_VARIABLES>>;

/** Ways in which the collector itself tells of crossings; one that is not configured is absent. */
export interface NotificationConfig {
  readonly email?: { readonly server: SmtpServer; readonly from: string; readonly fallback: readonly string[] };
  readonly webhook?: { readonly url: string; readonly secret: string | undefined };
  readonly grafanaUrl: string | undefined;
}

/** Variables that another one needs. */
export function missingForNotifications(given: Record<string, string | undefined>): Finding[] {
  const NEEDS = [
    ['CHARGEBACK_SMTP_URL', 'CHARGEBACK_NOTIFY_FROM', 'for example chargeback@example.com'],
    ['CHARGEBACK_NOTIFY_FROM', 'CHARGEBACK_SMTP_URL', 'for example smtp://mail.example.com:587'],
    ['CHARGEBACK_NOTIFY_EMAIL', 'CHARGEBACK_SMTP_URL', 'for example smtp://mail.example.com:587'],
    [
      'CHARGEBACK_NOTIFY_WEBHOOK_SECRET',
      'CHARGEBACK_NOTIFY_WEBHOOK_URL',
      'for example https://example.com/hooks/budgets',
    ],
  ] as const;
  const missing = NEEDS.filter(([name, needed]) => given[name] !== undefined && given[needed] === undefined);
  return missing.map(([name, needed, example]) => ({
    path: needed,
    message: `is missing, and ${name} needs it; ${example}`,
  }));
}

/** The ways to tell of crossings that `variables` configure. */
export function notificationConfig(variables: Variables, grafanaUrl: string | undefined): NotificationConfig {
  const { CHARGEBACK_SMTP_URL: server, CHARGEBACK_NOTIFY_FROM: from } = variables;
  const url = variables.CHARGEBACK_NOTIFY_WEBHOOK_URL;
  return Object.freeze({
    ...(server && from && { email: { server, from, fallback: variables.CHARGEBACK_NOTIFY_EMAIL ?? [] } }),
    ...(url && { webhook: { url, secret: variables.CHARGEBACK_NOTIFY_WEBHOOK_SECRET } }),
    grafanaUrl: variables.CHARGEBACK_NOTIFY_GRAFANA_URL ?? grafanaUrl,
  });
}
