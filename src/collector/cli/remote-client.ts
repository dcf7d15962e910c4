import { createClient, type Client } from '../../api/client';
import { WrongUsage } from './wrong-usage';

/**
 * The client of the collector that CHARGEBACK_URL and CHARGEBACK_TOKEN name. A token has no place among arguments, which
 * everybody on the machine can read. Throws WrongUsage when one of them is missing.
 */
export function remoteClient(environment: Record<string, string | undefined> = process.env): Client {
  const { CHARGEBACK_URL: baseUrl, CHARGEBACK_TOKEN: token } = environment;
  if (!baseUrl || !token) {
    throw new WrongUsage(
      'this command asks a collector over HTTP: set CHARGEBACK_URL to where it is (https://chargeback.example.com) and CHARGEBACK_TOKEN to a bearer token (made by "chargeback token create")',
    );
  }
  if (!URL.canParse(baseUrl) || !/^https?:$/.test(new URL(baseUrl).protocol)) {
    throw new WrongUsage('CHARGEBACK_URL must be an http:// or https:// URL');
  }
  return createClient({ baseUrl, token });
}
