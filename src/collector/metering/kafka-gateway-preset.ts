import { MeterInput } from '../../api/meters';

const traffic = { cluster: 'virtual_cluster', topic: 'topic', principal: 'service_account' } as const;

/** The meters of a Kafka gateway that exports bifrost_* metrics; used when there is no meters.yaml. */
export const KAFKA_GATEWAY: MeterInput[] = [
  {
    slug: 'kafka_ingress_bytes',
    unit: 'byte',
    counter: 'bifrost_bytes_total{direction="produce"}',
    dimensions: traffic,
  },
  {
    slug: 'kafka_egress_bytes',
    unit: 'byte',
    counter: 'bifrost_bytes_total{direction="consume"}',
    dimensions: traffic,
  },
  {
    slug: 'kafka_ingress_messages',
    unit: 'message',
    counter: 'bifrost_messages_total{direction="produce"}',
    dimensions: traffic,
  },
  {
    slug: 'kafka_egress_messages',
    unit: 'message',
    counter: 'bifrost_messages_total{direction="consume"}',
    dimensions: traffic,
  },
  {
    slug: 'kafka_requests',
    unit: 'request',
    counter: 'bifrost_requests_total',
    dimensions: { cluster: 'virtual_cluster' },
    labels: ['operation'],
  },
  {
    slug: 'kafka_connection_hours',
    unit: 'hour',
    gauge: 'bifrost_active_connections',
    dimensions: { cluster: 'virtual_cluster' },
  },
].map((meter) => MeterInput.parse(meter));
