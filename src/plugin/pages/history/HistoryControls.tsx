import { Button, FilterPill, Stack, type ComboboxOption } from '@grafana/ui';
import { useCallback } from 'react';
import { of } from 'rxjs';
import { HISTORY_OBJECTS, type HistoryObject } from '../../../api/history';
import type { Me } from '../../../api/me';
import { seesEverything } from '../../billing/use-billing';
import { listWorkspaces } from '../../data/workspaces';
import { useResource } from '../../data/use-resource';
import { FilterPick } from './FilterPick';
import { TimeFilter } from './TimeFilter';
import type { HistoryPageQuery } from './use-history-query';

const OBJECT_NAMES: Record<HistoryObject, string> = {
  'rate-card': 'Rate cards',
  directory: 'Ownership rules',
  budget: 'Budgets',
  period: 'Closed months',
  collection: 'Collections',
  access: 'Grants',
  token: 'Tokens',
  reader: 'Database logins',
};
/** What is told to administrators only, and what concerns no workspace alone. */
const ADMINISTRATORS: ReadonlySet<HistoryObject> = new Set(['access', 'token', 'reader']);
const EVERYTHING: ReadonlySet<HistoryObject> = new Set(['period', 'collection']);

interface Props {
  me: Me;
  page: HistoryPageQuery;
  /** Names that one may look for. */
  names: string[];
}

const options = (values: string[]): Array<ComboboxOption<string>> => values.map((value) => ({ value, label: value }));

/** Which changes are shown. */
export function HistoryControls({ me, page: { query, filtered, refine, clear }, names }: Props) {
  const all = seesEverything(me);
  const load = useCallback(() => (all ? listWorkspaces() : of(me.workspaces)), [all, me.workspaces]);
  const workspaces = useResource(load);
  const objects = HISTORY_OBJECTS.filter(
    (object) => (all || !EVERYTHING.has(object)) && ((all && me.role === 'admin') || !ADMINISTRATORS.has(object)),
  );
  return (
    <Stack gap={1} wrap="wrap" alignItems="center">
      <FilterPick
        label="What"
        id="history-object"
        width={22}
        placeholder="Everything"
        value={query.object}
        options={objects.map((value) => ({ value, label: OBJECT_NAMES[value] }))}
        onChange={(object) => refine({ object: objects.find((one) => one === object) ?? '', id: '' })}
      />
      <FilterPick
        label="Name"
        id="history-subject"
        width={26}
        placeholder="Of a card, budget …"
        value={query.subject}
        options={options(names)}
        free
        onChange={(subject) => refine({ subject })}
      />
      <FilterPick
        label="Who"
        id="history-actor"
        width={22}
        placeholder="Anybody"
        value={query.actor}
        options={options([me.login])}
        free
        onChange={(actor) => refine({ actor })}
      />
      <FilterPick
        label="Workspace"
        id="history-workspace"
        width={22}
        placeholder={all ? 'Any or none' : 'Any of yours'}
        value={query.workspace}
        options={options(workspaces.state === 'loaded' ? workspaces.value : [])}
        onChange={(workspace) => refine({ workspace })}
      />
      <TimeFilter from={query.from} to={query.to} timeZone={me.timezone} onChange={refine} />
      {query.id !== '' && <FilterPill label={`Only number ${query.id}`} selected onClick={() => refine({ id: '' })} />}
      {filtered && (
        <Button variant="secondary" fill="text" icon="times" onClick={clear}>
          Clear filters
        </Button>
      )}
    </Stack>
  );
}
