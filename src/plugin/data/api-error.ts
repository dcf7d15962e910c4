import type { FetchError } from '@grafana/runtime';
import type { Problem } from '../../api/common';

/** A request that failed, in words for a person: what happened and how to mend it. */
export class ApiError extends Error {
  constructor(
    /** HTTP status; 0 when there was no answer at all. */
    readonly status: number,
    /** The collector's stable code, or one of ours: COLLECTOR_UNREACHABLE, NOT_A_COLLECTOR, FORBIDDEN. */
    readonly code: string,
    readonly title: string,
    detail: string,
    /** All problems of the input, by the path of the field. */
    readonly problems: Problem['errors'] = [],
    /** The body as it came, for answers that carry data with an error status (such as readiness). */
    readonly body: unknown = undefined,
  ) {
    super(detail);
    this.name = 'ApiError';
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body && 'title' in body;
}

/** What Grafana's proxy and the collector answer, as one kind of error. An empty 502 is the proxy's word for "no collector there". */
export function toApiError(failure: Pick<FetchError<unknown>, 'status' | 'data'>): ApiError {
  const { status, data } = failure;
  if (isProblem(data)) {
    return new ApiError(status, data.code, data.title, data.detail, data.errors, data);
  }
  if (status === 403) {
    return new ApiError(
      403,
      'FORBIDDEN',
      'Not allowed',
      'Your role does not allow this. Ask an administrator of this Grafana organization.',
      [],
      data,
    );
  }
  if (status === 0 || status === 502 || status === 504) {
    return new ApiError(
      status,
      'COLLECTOR_UNREACHABLE',
      'The collector does not answer',
      'Grafana could not reach the collector. Check that it is running and that its URL is right on the Connection page.',
      [],
      data,
    );
  }
  return new ApiError(
    status,
    'NOT_A_COLLECTOR',
    `Unexpected answer (status ${status})`,
    'Something answered that is not the collector, or a proxy in between failed. Check the collector URL on the Connection page.',
    [],
    data,
  );
}
