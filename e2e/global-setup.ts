import { startEnvironment } from './environment/start';

/** Starts what the journeys need and tells it to them in CHARGEBACK_E2E; the answer ends it. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const { environment, stop } = await startEnvironment();
  process.env.CHARGEBACK_E2E = JSON.stringify(environment);
  return stop;
}
