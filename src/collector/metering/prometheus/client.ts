import pRetry, { AbortError } from 'p-retry';
import type { Logger } from 'pino';
import { ChargebackError } from '../../errors';
import { MalformedAnswer, readResults, type ResultElement } from './result-stream';

/** Where range selectors begin: Prometheus 2 includes the sample on the left edge, Prometheus 3 and VictoriaMetrics do not. */
export type WindowEdge = 'closed' | 'left-open';

const WEB_PAGE = /<(!doctype|html)/i;

/** What a metric is, as far as the server knows. */
export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'unknown';

export interface ClientOptions {
  /** Milliseconds to the end of an answer. */
  timeout?: number;
  /** Further attempts after a 5xx answer, a timeout, or a broken connection. */
  retries?: number;
  /** Milliseconds before the second attempt; doubles with each. */
  retryAfter?: number;
  log?: Logger;
}

/** Queries over the HTTP API of Prometheus or anything that speaks it. Answers are streamed, never held whole. */
export class PrometheusClient {
  readonly #base: string;
  readonly #headers: Record<string, string>;
  readonly #options: Required<Omit<ClientOptions, 'log'>> & Pick<ClientOptions, 'log'>;
  #edge: Promise<WindowEdge> | undefined;

  /** `url` may carry a user and password; undefined makes every query fail with a sentence that names PROMETHEUS_URL. */
  constructor(url: string | undefined, options: ClientOptions = {}) {
    const parsed = url ? new URL(url) : undefined;
    const credentials = parsed?.username
      ? `${decodeURIComponent(parsed.username)}:${decodeURIComponent(parsed.password)}`
      : undefined;
    if (parsed) {
      parsed.username = '';
      parsed.password = '';
    }
    this.#base = parsed?.toString().replace(/\/+$/, '') ?? '';
    this.#headers = credentials ? { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` } : {};
    this.#options = { timeout: 120_000, retries: 4, retryAfter: 500, ...options };
  }

  /** Throws PROMETHEUS_UNAVAILABLE or PROMETHEUS_REFUSED unless the server answers a query. */
  async ready(): Promise<void> {
    await this.#request('query', { query: 'vector(1)', time: '0' }, () => () => undefined, {
      retries: 0,
      timeout: 5_000,
    });
  }

  /**
   * `query` at each whole hour's end from `first` to `last` (milliseconds, inclusive). `begin` is called at every
   * attempt and returns the function that takes the series, so that a retry starts afresh.
   */
  async hourly(
    query: string,
    first: number,
    last: number,
    begin: () => (series: ResultElement) => void,
  ): Promise<void> {
    // VictoriaMetrics looks series up by day and leaves out the day that begins at the very end of a query: a sample at midnight
    // would be missed. A millisecond more adds no step but reaches that day.
    await this.#request(
      'query_range',
      { query, start: String(first / 1000), end: String((last + 1) / 1000), step: '3600' },
      begin,
    );
  }

  /** `query` at the instant `at` (milliseconds). */
  async instant(query: string, at: number, begin: () => (series: ResultElement) => void): Promise<void> {
    await this.#request('query', { query, time: String(at / 1000) }, begin);
  }

  /**
   * The duration that makes a range selector evaluated at `t` cover exactly (t − milliseconds, t]. Where
   * windows are closed a millisecond, the resolution of timestamps, is taken off.
   */
  async window(milliseconds: number): Promise<string> {
    this.#edge ??= this.#probe().catch((error: unknown) => {
      this.#edge = undefined;
      throw error;
    });
    return `${(await this.#edge) === 'closed' ? milliseconds - 1 : milliseconds}ms`;
  }

  /** A subquery at whole minutes holds two points in a closed window of a minute and one in a left-open one. */
  async #probe(): Promise<WindowEdge> {
    let points = 0;
    await this.instant('count_over_time(vector(1)[1m:1m])', 1_600_000_020_000, () => (series) => {
      points = Number(series.value?.[1]);
    });
    if (points !== 1 && points !== 2) {
      throw new ChargebackError(
        'PROMETHEUS_REFUSED',
        `${this.#base} does not answer count_over_time(vector(1)[1m:1m]) as Prometheus does (${points} instead of 1 or 2)`,
      );
    }
    return points === 2 ? 'closed' : 'left-open';
  }

  /** The type that the server's metadata gives `metric`, or unknown when it has none. */
  async metricType(metric: string): Promise<MetricType> {
    try {
      const answer = await fetch(`${this.#base}/api/v1/metadata?metric=${encodeURIComponent(metric)}`, {
        headers: this.#headers,
        signal: AbortSignal.timeout(10_000),
      });
      const body = (await answer.json()) as { data?: Record<string, Array<{ type?: string }>> };
      const types = new Set((body.data?.[metric] ?? []).map(({ type }) => type));
      const known = (['counter', 'gauge', 'histogram', 'summary'] as const).filter((type) => types.has(type));
      return known.length === 1 && types.size === 1 ? (known[0] ?? 'unknown') : 'unknown';
    } catch {
      // Metadata is optional: remote storages and old versions have none.
      return 'unknown';
    }
  }

  async #request(
    path: 'query' | 'query_range',
    parameters: Record<string, string>,
    begin: () => (series: ResultElement) => void,
    { retries = this.#options.retries, timeout = this.#options.timeout } = {},
  ): Promise<void> {
    if (!this.#base) {
      throw new ChargebackError(
        'PROMETHEUS_UNAVAILABLE',
        'PROMETHEUS_URL is not set; set it to the address of Prometheus, for example http://127.0.0.1:9090',
      );
    }
    const attempt = async () => {
      const answer = await fetch(`${this.#base}/api/v1/${path}`, {
        method: 'POST',
        headers: { ...this.#headers, 'content-type': 'application/x-www-form-urlencoded' },
        // A partial answer of a distributed store would be a wrong bill; nocache keeps VictoriaMetrics from shifting times.
        body: new URLSearchParams({
          ...parameters,
          nocache: '1',
          partial_response: 'false',
          deny_partial_response: '1',
        }),
        signal: AbortSignal.timeout(timeout),
      });
      if (!answer.ok || !answer.body) {
        const text = (await answer.text()).slice(0, 2000);
        const words = serverWords(text);
        const problem = new ChargebackError(
          answer.status >= 500 ? 'PROMETHEUS_UNAVAILABLE' : 'PROMETHEUS_REFUSED',
          `${this.#base} answered ${answer.status} to ${parameters.query}: ${words}${answer.status === 401 || answer.status === 403 ? ' (give PROMETHEUS_URL a user and password)' : ''}`,
        );
        throw answer.status >= 500 || answer.status === 429 ? problem : new AbortError(problem);
      }
      const around = await readResults(answer.body as AsyncIterable<Uint8Array>, begin()).catch((error: unknown) => {
        // A web page does not become JSON by waiting.
        throw error instanceof MalformedAnswer && WEB_PAGE.test(error.head) ? new AbortError(error) : error;
      });
      if (/"isPartial"\s*:\s*true/.test(around)) {
        throw new ChargebackError(
          'PROMETHEUS_UNAVAILABLE',
          `${this.#base} gave only a partial answer to ${parameters.query}: some of its storage nodes are away`,
        );
      }
      const warnings = /"warnings"\s*:\s*(\[[^\]]*\])/.exec(around)?.[1];
      if (warnings) {
        this.#options.log?.warn({ query: parameters.query, warnings }, 'Prometheus answered with warnings');
      }
    };
    try {
      await pRetry(attempt, {
        retries,
        minTimeout: this.#options.retryAfter,
        randomize: true,
        // p-retry gives up on TypeErrors it does not know as network failures; a cut connection is one too.
        shouldRetry: () => true,
        onFailedAttempt: (error) =>
          this.#options.log?.warn(
            { attempt: error.attemptNumber, left: error.retriesLeft, reason: error.message },
            'Prometheus query failed',
          ),
      });
    } catch (error) {
      throw this.#explain(error, parameters.query ?? '');
    }
  }

  #explain(error: unknown, query: string): unknown {
    if (error instanceof ChargebackError) {
      return error;
    }
    if (error instanceof MalformedAnswer) {
      const html = WEB_PAGE.test(error.head);
      return new ChargebackError(
        'PROMETHEUS_REFUSED',
        `${this.#base} does not answer ${query} like Prometheus: ${html ? 'it sent a web page (a login page or another program?)' : error.message}. Check PROMETHEUS_URL; the answer began: ${error.head.slice(0, 120).replace(/\s+/g, ' ')}`,
        [],
        { cause: error },
      );
    }
    const reason =
      error instanceof Error
        ? error.name === 'TimeoutError'
          ? `no answer within ${this.#options.timeout / 1000} s`
          : causeOf(error)
        : String(error);
    return new ChargebackError(
      'PROMETHEUS_UNAVAILABLE',
      `${this.#base} cannot be asked ${query}: ${reason}. Check PROMETHEUS_URL and that Prometheus runs.`,
      [],
      { cause: error },
    );
  }
}

/** fetch hides why a connection failed in the cause. */
function causeOf(error: Error): string {
  return error.cause instanceof Error && error.cause.message
    ? error.cause.message
    : error.cause instanceof Error && 'code' in error.cause
      ? String(error.cause.code)
      : error.message;
}

/** What the server says is wrong: the API's `error`, else the beginning of what it sent. */
function serverWords(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: string };
    return error ?? text.slice(0, 300);
  } catch {
    return WEB_PAGE.test(text) ? 'a web page instead of JSON; check PROMETHEUS_URL' : text.slice(0, 300) || 'nothing';
  }
}
