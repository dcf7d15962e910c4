import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { CollectionEvent } from '../context';

/** What one process counts of itself: Node's own figures, requests, and the hours it collected. One per server. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = new Histogram({
    name: 'chargeback_http_request_duration_seconds',
    help: 'How long requests took, by route as it is documented.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers: [this.#registry],
  });
  readonly #collections = new Counter({
    name: 'chargeback_collections_total',
    help: 'Hours of a meter that this process collected, or failed to.',
    labelNames: ['meter', 'outcome'] as const,
    registers: [this.#registry],
  });
  readonly #durations = new Histogram({
    name: 'chargeback_collection_duration_seconds',
    help: 'How long a run of hours of one meter took, from the first query to the commit.',
    buckets: [0.05, 0.2, 1, 5, 20, 60, 300],
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  readonly contentType = this.#registry.contentType;

  countRequest(method: string, route: string, status: number, seconds: number): void {
    this.#requests.observe({ method, route, status: String(status) }, seconds);
  }

  countCollection({ meter, outcome, hours, seconds }: CollectionEvent): void {
    this.#collections.inc({ meter, outcome }, hours);
    this.#durations.observe(seconds);
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
