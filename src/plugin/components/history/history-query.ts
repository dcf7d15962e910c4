import { HISTORY_OBJECTS, type HistoryFilter, type HistoryObject } from '../../../api/history';
import { PAGES } from '../../plugin-id';

/** What the page History shows, as it stands in its address. Empty texts are no filters. */
export interface HistoryQueryState {
  object: HistoryObject | '';
  /** The id of one rate card, budget or token. */
  id: string;
  subject: string;
  actor: string;
  workspace: string;
  /** As Grafana writes ranges: `now-7d`, or an instant; empty for all that was ever changed. */
  from: string;
  to: string;
}

export const ANY_CHANGE: HistoryQueryState = {
  object: '',
  id: '',
  subject: '',
  actor: '',
  workspace: '',
  from: '',
  to: '',
};
const NAMES = Object.keys(ANY_CHANGE) as Array<keyof HistoryQueryState>;

/** A time of a range: relative to now, or ISO 8601. */
const TIME = /^now([-+/]\w+)*$|^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** What is not understood in an address is ignored. */
export function readHistoryQuery(params: URLSearchParams): HistoryQueryState {
  const text = (name: string) => (params.get(name) ?? '').slice(0, 200);
  const [from, to] = [text('from'), text('to')];
  const ranged = TIME.test(from) && TIME.test(to);
  return {
    object: HISTORY_OBJECTS.find((one) => one === text('object')) ?? '',
    id: text('id'),
    subject: text('subject'),
    actor: text('actor'),
    workspace: text('workspace'),
    from: ranged ? from : '',
    to: ranged ? to : '',
  };
}

/** `params` with another query in it. */
export function writeHistoryQuery(params: URLSearchParams, query: HistoryQueryState): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of NAMES) {
    if (query[name] === '') {
      next.delete(name);
    } else {
      next.set(name, query[name]);
    }
  }
  return next;
}

/** The page History with these changes. */
export function historyLink({ object, object_id: id = '', subject = '' }: HistoryFilter): string {
  const query: HistoryQueryState = { ...ANY_CHANGE, object: object ?? '', id, subject };
  const search = writeHistoryQuery(new URLSearchParams(), query).toString();
  return search === '' ? PAGES.history : `${PAGES.history}?${search}`;
}
