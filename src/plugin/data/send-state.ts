import type { ApiError } from './api-error';

/** Something that is sent: not yet, on its way, refused, or done. */
export type SendState =
  { state: 'idle' } | { state: 'sending' } | { state: 'failed'; error: ApiError } | { state: 'done' };
