import { createHash } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import { isNativeError } from 'node:util/types';
import { createTransport } from 'nodemailer';
import { z } from 'zod';
import type { Config } from '../../config';
import { crossingEmail } from './crossing-email';
import type { CrossingNews } from './crossing-news';
import { DeliveryFailure } from './delivery-failure';
import type { NotificationConfig, SmtpServer } from '../../notification-variables';

type EmailConfig = NonNullable<NotificationConfig['email']>;

/**
 * Sends the mail about `news` to one address; has taken it over when it returns. Aborting `signal` breaks the connection.
 * Throws a DeliveryFailure: permanent for an answer 5xx, except to the login, which is mended in the configuration.
 */
export async function sendEmail(
  { server, from }: EmailConfig,
  config: Pick<Config, 'notifications' | 'timezone'>,
  { news, to, signal }: { news: CrossingNews; to: string; signal: AbortSignal },
): Promise<void> {
  if (!z.email().safeParse(to).success) {
    throw new DeliveryFailure(`${JSON.stringify(to)} is not an e-mail address`, true);
  }
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.secure,
    // A password travels encrypted; a server that does not offer it, or one between us that hides it, gets none.
    requireTLS: server.login !== undefined && !isLoopback(server.host),
    ...(server.login && { auth: { user: server.login.user, pass: server.login.password } }),
    // What is left of a connection that is given up must not keep a command line waiting.
    socketCloseTimeout: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      ...crossingEmail(news, config),
      from,
      to: { name: '', address: to },
      messageId: messageId(news, to, from),
      headers: { 'Auto-Submitted': 'auto-generated' },
      signal,
    });
  } catch (error) {
    throw failure(error, server, signal);
  } finally {
    transport.close();
  }
}

/** The same for the same news and reader, so that mail programs see a repetition as one; other ledgers have others. */
function messageId({ id, budgetId, budget, crossedAt }: CrossingNews, to: string, from: string): string {
  const hash = createHash('sha256').update(JSON.stringify([id, budgetId, budget, crossedAt.getTime(), to]));
  const domain = from.replace(/>$/, '').split('@').pop() ?? 'localhost';
  return `<budget-crossing-${id}.${hash.digest('hex').slice(0, 32)}@${domain}>`;
}

function failure(error: unknown, { host, login }: SmtpServer, signal: AbortSignal): DeliveryFailure {
  if (!isNativeError(error)) {
    return new DeliveryFailure(String(error), false);
  }
  if (signal.aborted) {
    return new DeliveryFailure(`${host} took too long`, false, { cause: error });
  }
  const { code, permanent } = error as Error & { code?: string; permanent?: boolean };
  return new DeliveryFailure(`${host}: ${withoutLogin(error.message, login)}`, permanent === true && code !== 'EAUTH', {
    cause: error,
  });
}

/** `text` without the password, in any form in which it was sent: some servers repeat the command that they refuse. */
function withoutLogin(text: string, login: SmtpServer['login']): string {
  if (!login) {
    return text;
  }
  const { user, password } = login;
  const base64 = (secret: string) => Buffer.from(secret, 'utf8').toString('base64');
  return [base64(`\0${user}\0${password}`), base64(password), password].reduce(
    (left, secret) => left.replaceAll(secret, '***'),
    text,
  );
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

function isLoopback(host: string): boolean {
  const version = isIP(host);
  return version === 0 ? host === 'localhost' : LOOPBACK.check(host, version === 6 ? 'ipv6' : 'ipv4');
}
