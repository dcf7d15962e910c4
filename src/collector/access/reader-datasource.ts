import { stringify } from 'yaml';
import type { Reader } from './readers';

/** Where Grafana finds PostgreSQL. */
export interface DatabaseAddress {
  /** HOST:PORT. */
  address: string;
  database: string;
  sslmode: string;
}

/** Grafana's first organization. */
export const FIRST_ORGANIZATION = 1;

/** What Grafana's datasource can do; the other words of libpq try first, which it cannot. */
const SSL_MODES = ['disable', 'require', 'verify-ca', 'verify-full'];

/** The place that a postgres:// URL names; without a word on TLS that is wanted except on this machine. */
export function addressOf(databaseUrl: string): DatabaseAddress {
  const url = new URL(databaseUrl);
  const host = url.hostname || '127.0.0.1';
  const wanted = url.searchParams.get('sslmode') ?? '';
  const local = ['127.0.0.1', 'localhost', '[::1]'].includes(host);
  return {
    address: `${host}:${url.port || '5432'}`,
    database: decodeURIComponent(url.pathname.slice(1)),
    sslmode: SSL_MODES.includes(wanted) ? wanted : local ? 'disable' : 'require',
  };
}

/**
 * The provisioning file (YAML) of Grafana's datasource for a reader, as the one for everything in
 * provisioning/datasources. `password` is a text, or of a variable of Grafana's environment its name; `organization` is the
 * id of Grafana's.
 */
export function readerDatasource(
  { name, role }: Pick<Reader, 'name' | 'role'>,
  { address, database, sslmode }: DatabaseAddress,
  password: string | { variable: string },
  organization = FIRST_ORGANIZATION,
): string {
  return stringify({
    apiVersion: 1,
    datasources: [
      {
        name: literal(`Chargeback facts: ${name}`),
        uid: datasourceUid(role),
        type: 'grafana-postgresql-datasource',
        access: 'proxy',
        orgId: organization,
        url: literal(address),
        user: role,
        jsonData: {
          database: literal(database),
          sslmode,
          postgresVersion: 1500,
          maxOpenConns: 10,
          maxIdleConns: 5,
          connMaxLifetime: 3600,
        },
        secureJsonData: { password: typeof password === 'string' ? literal(password) : `\${${password.variable}}` },
        editable: false,
      },
    ],
  });
}

/** Grafana's uid of a reader's datasource: of its own, and telling nothing. */
export const datasourceUid = (role: string): string => role.replace('chargeback_reader_', 'chargeback-facts-');

/** Grafana puts variables in where it finds a dollar sign. */
const literal = (text: string): string => text.replaceAll('$', '$$$$');
