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
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new WrongUsage('CHARGEBACK_URL must be an http:// or https:// URL');
  }
  // They could not be sent beside the token, and errors name the URL.
  if (url.username !== '' || url.password !== '') {
    throw new WrongUsage('CHARGEBACK_URL must have no user and no password: who asks is said by CHARGEBACK_TOKEN');
  }
  return createClient({ baseUrl, token });
}
