import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail as it arrived: whom the envelope names, header fields by lower-case name, and its two parts. */
export interface ReceivedMail {
  to: string[];
  headers: Map<string, string>;
  text: string;
  html: string;
}

/** A real SMTP server on loopback that keeps what it receives. */
export interface MailServer {
  /** `smtp://127.0.0.1:PORT` */
  url: string;
  port: number;
  mails: ReceivedMail[];
  stop(): Promise<void>;
}

interface Behaviour {
  /** A free port when absent. */
  port?: number;
  /** The answer to a recipient, for example `550 No such user`; undefined lets it in. */
  refuse?: (address: string) => string | undefined;
  /** Waited for before a mail is taken over; it has arrived by then. */
  hold?: (mail: ReceivedMail) => Promise<void>;
  /** What a login must be; without one none is asked for. */
  login?: { user: string; password: string };
  /** Offers encryption, with a certificate that nobody trusts. */
  startTls?: boolean;
}

/** Starts one; `hold` and `refuse` make it slow and stern. */
export async function startMailServer({ port, refuse, hold, login, startTls }: Behaviour = {}): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: login === undefined,
    allowInsecureAuth: true,
    disabledCommands: startTls ? [] : ['STARTTLS'],
    logger: false,
    onAuth({ username, password }, _session, answer) {
      const known = username === login?.user && password === login?.password;
      // As servers do that repeat what they refuse.
      const sent = [password, `\0${username}\0${password}`].map((text) => Buffer.from(text ?? '').toString('base64'));
      answer(
        known ? null : new Error(`Who are you? ${password} ${sent.join(' ')}`),
        known ? { user: username } : undefined,
      );
    },
    onRcptTo({ address }, _session, answer) {
      const [, code, words] = /^(\d{3}) (.*)$/.exec(refuse?.(address) ?? '') ?? [];
      answer(code ? Object.assign(new Error(words), { responseCode: Number(code) }) : null);
    },
    onData(stream, { envelope }, answer) {
      void readText(stream).then(async (raw) => {
        const mail = {
          to: envelope.rcptTo.map(({ address }) => address),
          headers: headersOf(raw),
          text: partOf(raw, 'text/plain'),
          html: partOf(raw, 'text/html'),
        };
        mails.push(mail);
        await hold?.(mail);
        answer(null);
      });
    },
  });
  // Clients that break off are part of the tests.
  server.on('error', () => undefined);
  server.listen(port ?? 0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port: own } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${own}`,
    port: own,
    mails,
    async stop() {
      if (server.server.listening) {
        const closed = once(server.server, 'close');
        server.close();
        server.connections.forEach((connection) => connection.close());
        await closed;
      }
    },
  };
}

function headersOf(raw: string): Map<string, string> {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  return new Map(
    head.split('\r\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), decodeWords(line.slice(colon + 1).trim())];
    }),
  );
}

/** RFC 2047, as far as UTF-8 goes. */
function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, encoding: string, word: string) =>
      encoding.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString()
        : fromQuotedPrintable(word.replaceAll('_', ' ')),
    );
}

function partOf(raw: string, type: string): string {
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1] ?? 'none';
  const part = raw.split(`--${boundary}`).find((piece) => new RegExp(`^\\s*content-type: ${type}`, 'im').test(piece));
  if (part === undefined) {
    throw new Error(`the mail has no ${type}:\n${raw}`);
  }
  const [head = '', ...body] = part.trim().split('\r\n\r\n');
  const content = body.join('\r\n\r\n');
  const encoding = /content-transfer-encoding: (\S+)/i.exec(head)?.[1];
  const decoded =
    encoding === 'base64'
      ? Buffer.from(content, 'base64').toString()
      : encoding === 'quoted-printable'
        ? fromQuotedPrintable(content)
        : content;
  return decoded.replaceAll('\r\n', '\n');
}

const fromQuotedPrintable = (text: string) =>
  Buffer.from(
    text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
