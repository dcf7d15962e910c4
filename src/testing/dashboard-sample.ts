import { DateTime } from 'luxon';
import { HOUR } from '../domain/hours';
import { PLAIN_METERS, type PlainFact } from './dashboard-ledger';

/** The billing time zone of the sample. */
export const ZONE = 'Europe/Berlin';

/** Hours from before to after the change to summer time on 29 March, twelve workspaces, one with a quote in its name, and nobody's usage. */
export function sampleFacts(): PlainFact[] {
  let seed = 42;
  const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  const facts: PlainFact[] = [];
  const workspaces = ['', "o'brien", ...Array.from({ length: 11 }, (_, index) => `workspace-${index}`)];
  for (let hour = Date.UTC(2026, 2, 24, 20); hour < Date.UTC(2026, 3, 3); hour += HOUR) {
    for (const [index, workspace] of workspaces.entries()) {
      for (const meter of Object.keys(PLAIN_METERS)) {
        if (random() < 0.3) {
          facts.push({
            hour: new Date(hour),
            meter,
            resource: {
              workspace,
              environment: index % 3 === 0 ? '' : index % 3 === 1 ? 'prod' : 'dev',
              team: `team-${index % 4}`,
              cluster: index % 2 ? 'c1' : 'c2',
              ...(workspace && {
                application: `app-${index % 5}`,
                product: `product-${index % 3}`,
                cost_center: `CC-${index % 4}`,
              }),
              ...(index % 4 !== 3 && { organization: 'acme', business_unit: index % 2 ? 'retail' : "o'brien & sons" }),
              // Requests have no topic.
              ...(meter !== 'kafka_requests' && { topic: `topic-${Math.floor(random() * 15)}` }),
              ...(random() < 0.9 && { principal: `sa-${Math.floor(random() * 13)}` }),
            },
            quantity: (random() * 10 ** (3 + (index % 4))).toFixed(6),
            cost: meter === 'kafka_requests' ? null : (random() * 10).toFixed(12),
            currency: index % 5 === 4 ? 'EUR' : 'USD',
            estimated: random() < 0.2,
          });
        }
      }
    }
  }
  // Some hours of other months, those at the edges of a month among them.
  for (let month = -4; month < 5; month++) {
    const begins = DateTime.fromISO('2026-03-01', { zone: ZONE }).plus({ months: month }).toMillis();
    for (const [index, hours] of [-25, -1, 0, 1, 24, 200, 333].entries()) {
      const workspace = workspaces[index * 2] ?? '';
      const resource = { workspace, environment: 'prod', team: 'team-9', cluster: 'c3' };
      const fact = {
        hour: new Date(begins + hours * HOUR),
        meter: 'kafka_ingress_bytes',
        resource,
        currency: 'USD',
        estimated: false,
      };
      facts.push({ ...fact, quantity: '1000.5', cost: '3.141592653589' });
    }
  }
  return facts;
}
