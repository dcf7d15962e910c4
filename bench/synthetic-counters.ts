import type { SampleSeries } from '../src/testing/sample-set';
import { HOUR } from '../src/domain/hours';

/** What the synthetic counters look like. */
export interface SyntheticCounters {
  series: number;
  hours: number;
  /** Milliseconds between samples. */
  interval: number;
  start: number;
}

/** Steadily growing counters of the kafka preset's ingress meter, one resource a series, spread over 20 clusters. */
export function syntheticCounters({ series, hours, interval, start }: SyntheticCounters): SampleSeries[] {
  return Array.from({ length: series }, (_, number) => {
    const samples: Array<[number, string]> = [];
    let value = number * 1000;
    for (let at = start; at <= start + hours * HOUR; at += interval) {
      samples.push([at, String(value)]);
      value += 1000 + ((number * 7919 + at / interval) % 997);
    }
    return {
      labels: {
        __name__: 'bifrost_bytes_total',
        virtual_cluster: `vc-${number % 20}`,
        topic: `topic-${number}`,
        service_account: `sa-${number % 50}`,
        direction: 'produce',
        job: 'gateway',
        instance: `gateway-${number % 3}:9093`,
      },
      samples,
    };
  });
}
