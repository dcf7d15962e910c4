import type { Collections } from '../../api/collections';
import type { Me } from '../../api/me';
import type { FactsAccess } from '../data/facts-datasource';
import type { ConnectionCheck } from './connection-check';

const READER = 'Let it log in as chargeback_reader: start the collector with CHARGEBACK_READER_PASSWORD.';

/** What the collector says of its ledger, to recognise it. */
export type KnownLedger = Pick<Me, 'timezone' | 'currency'> & Pick<Collections, 'meters'>;

/** Whether what was first collected of each meter is the same on both sides. */
function sameBeginnings(found: string[], meters: KnownLedger['meters']): boolean {
  const known = meters.map(({ meter, first }) => `${meter}@${first ?? ''}`);
  return [...found].sort().join(' ') === known.sort().join(' ');
}

/** All that is wrong with what a data source can see and do, each with how to mend it. */
export function factsProblems(access: FactsAccess, collector: KnownLedger | undefined): string[] {
  const { role, database, timezone, currency, missing_views } = access;
  const problems: string[] = [];
  if (timezone === null) {
    // What the role may do in a database that is not the ledger's is no matter of ours.
    return [
      `The database ${database} has no views of a collector that ${role} may read. Is it the collector’s database (DATABASE_URL)? ${READER}`,
    ];
  }
  if (missing_views !== '') {
    problems.push(
      `${role} may not read, or does not find: ${missing_views}. Restart the collector, which brings its database up to date; grant SELECT on all views of the schema chargeback.`,
    );
  }
  if (collector && (timezone !== collector.timezone || currency !== collector.currency)) {
    problems.push(
      `This is another ledger: it bills ${currency} in ${timezone}, the collector bills ${collector.currency} in ${collector.timezone}. Choose the data source of the collector’s database.`,
    );
  } else if (collector && !sameBeginnings(access.beginnings ?? [], collector.meters)) {
    problems.push(
      `This is another ledger: ${database} has other meters, or other first hours of them, than the collector. Choose the data source of the collector’s database.`,
    );
  }
  if (access.superuser) {
    // A superuser may do everything: to list it would hide the one thing to do.
    problems.push(`${role} is a superuser: every viewer of Grafana could change or delete everything. ${READER}`);
    return problems;
  }
  if (access.may_create_roles) {
    problems.push(`${role} may create roles. ${READER}`);
  }
  if (access.strong_roles !== '') {
    problems.push(`${role} may become ${access.strong_roles}, which may do more than read the views. ${READER}`);
  }
  if (access.sees_ledger) {
    problems.push(
      `${role} sees the tables of the ledger (schema chargeback_data), not only the views: REVOKE ALL ON SCHEMA chargeback_data FROM ${quoted(role)};`,
    );
  }
  if (access.writable !== '') {
    problems.push(`${role} can write to ${access.writable}: any viewer of Grafana could. ${READER}`);
  }
  if (access.creatable !== '') {
    problems.push(`${role} can create objects in ${access.creatable}. ${READER}`);
  }
  if (access.may_create_temporary) {
    problems.push(
      `${role} can create temporary tables, which can stand before the views for everybody who shares its connection: REVOKE TEMPORARY ON DATABASE ${quoted(database)} FROM PUBLIC;`,
    );
  }
  return problems;
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** The check of the data source that dashboards read. */
export function checkFactsAccess(access: FactsAccess, collector: KnownLedger | undefined): ConnectionCheck {
  const problems = factsProblems(access, collector);
  return problems.length === 0
    ? {
        name: 'Facts',
        outcome: 'ok',
        detail: `${access.role} reads all views of ${access.database} and can do nothing else.`,
      }
    : {
        name: 'Facts',
        outcome: 'failed',
        detail: `The data source is not right in ${problems.length === 1 ? 'one thing' : `${problems.length} things`}.`,
        problems,
      };
}
