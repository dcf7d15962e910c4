import type { Socket } from 'node:net';
import { ChargebackError } from '../errors';
import { problemOf } from './problems';

const REASONS: Record<string, { status: string; detail: string }> = {
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    detail: 'The headers of the request are larger than this takes.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: { status: '408 Request Timeout', detail: 'The request did not arrive in time.' },
};

/** Answers bytes that are no HTTP request, straight to the connection and closing it; a connection that is gone is left alone. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, detail } = REASONS[error.code ?? ''] ?? {
    status: '400 Bad Request',
    detail: 'This is not an HTTP request.',
  };
  const body = JSON.stringify({
    ...problemOf(new ChargebackError('INVALID_REQUEST', detail)),
    status: Number.parseInt(status, 10),
  });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/problem+json; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
