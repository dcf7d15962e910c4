import { catchError, forkJoin, map, of, switchMap, throwError, type Observable } from 'rxjs';
import type { Budget } from '../../../api/budgets';
import type { ApiError } from '../api-error';
import { askGrafana } from './ask-grafana';
import { budgetAlertUid, budgetRule, FOLDER, type ProvisionedRule } from './budget-rule';

const CONTACT_POINTS = '/api/v1/provisioning/contact-points';
const RULES = '/api/v1/provisioning/alert-rules';

interface ContactPoint {
  uid?: string;
  name: string;
  type: string;
  settings: { addresses?: string };
}

/** The alert that tells a budget's own contacts, as it is in Grafana. */
export interface BudgetAlert {
  /** Whether there is a rule. */
  rule: boolean;
  /** Whom it tells; null when there is no contact point. */
  addresses: string[] | null;
  /** The data source that the rule reads. */
  facts: string | undefined;
}

/** Whether this Grafana can send mail; null when the one who asks is not told. */
export type SendsMail = boolean | null;

const gone = (error: ApiError) => (error.status === 404 ? of(undefined) : throwError(() => error));

const contactPointOf = (uid: string): Observable<ContactPoint | undefined> =>
  askGrafana<ContactPoint[]>({ url: CONTACT_POINTS, params: { name: uid } }).pipe(
    map((points) => points.find((point) => point.uid === uid)),
  );

/** What there is in Grafana for a budget. */
export function getBudgetAlert(budget: Pick<Budget, 'id'>): Observable<BudgetAlert> {
  const uid = budgetAlertUid(budget);
  return forkJoin({
    rule: askGrafana<ProvisionedRule>({ url: `${RULES}/${uid}` }).pipe(catchError(gone)),
    point: contactPointOf(uid),
  }).pipe(
    map(({ rule, point }) => ({
      rule: rule !== undefined,
      addresses: point ? (point.settings.addresses ?? '').split(/[\s,;]+/).filter(Boolean) : null,
      facts: rule?.data.find(({ refId }) => refId === 'value')?.datasourceUid,
    })),
  );
}

/** Whether Grafana has a mail server; only administrators of the whole Grafana are told. */
export function sendsMail(): Observable<SendsMail> {
  return askGrafana<{ smtp?: { enabled?: string } }>({ url: '/api/admin/settings' }).pipe(
    map(({ smtp }) => (smtp?.enabled === undefined ? null : smtp.enabled === 'true')),
    catchError(() => of(null)),
  );
}

/** The uid of the folder of our alerts, which is made where there is none. */
function ensureFolder(): Observable<string> {
  return askGrafana<Array<{ uid: string; title: string }>>({ url: '/api/folders', params: { limit: 1000 } }).pipe(
    switchMap((folders) => {
      const found = folders.find(({ title }) => title === FOLDER);
      return found
        ? of(found.uid)
        : askGrafana<{ uid: string }>({ url: '/api/folders', method: 'POST', data: { title: FOLDER } }).pipe(
            map(({ uid }) => uid),
          );
    }),
  );
}

/** Makes rule and contact point as the budget says, or brings them to what it says now. `facts` is the data source to read. */
export function putBudgetAlert(budget: Pick<Budget, 'id' | 'name' | 'contact'>, facts: string): Observable<void> {
  const uid = budgetAlertUid(budget);
  const point = {
    uid,
    name: uid,
    type: 'email',
    settings: { addresses: budget.contact.join(';'), singleEmail: false },
  };
  return forkJoin({ is: getBudgetAlert(budget), folder: ensureFolder() }).pipe(
    // The rule names the contact point, so that has to be there first.
    switchMap(({ is, folder }) =>
      askGrafana<unknown>(
        is.addresses === null
          ? { url: CONTACT_POINTS, method: 'POST', data: point }
          : { url: `${CONTACT_POINTS}/${uid}`, method: 'PUT', data: point },
      ).pipe(
        switchMap(() => {
          const rule = budgetRule(budget, { facts, folder });
          return askGrafana<unknown>(
            is.rule
              ? { url: `${RULES}/${uid}`, method: 'PUT', data: rule }
              : { url: RULES, method: 'POST', data: rule },
          );
        }),
      ),
    ),
    map(() => undefined),
  );
}

/** Takes rule and contact point away; it is no fault when they are gone already. */
export function removeBudgetAlert(budget: Pick<Budget, 'id'>): Observable<void> {
  const uid = budgetAlertUid(budget);
  const remove = (url: string) =>
    askGrafana<unknown>({ url: `${url}/${uid}`, method: 'DELETE' }).pipe(catchError(gone));
  // A contact point that a rule names cannot go.
  return remove(RULES).pipe(
    switchMap(() => remove(CONTACT_POINTS)),
    map(() => undefined),
  );
}
