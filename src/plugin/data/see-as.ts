import { config, locationService } from '@grafana/runtime';
import { useSyncExternalStore } from 'react';
import type { z } from 'zod';
import type { SeeAs } from '../../api/see-as';
import { SEE_AS_HEADER, writeSeeAs } from '../../api/see-as-header';
import { PLUGIN_ID } from '../plugin-id';

/** Somebody as whom an administrator sees the app's pages. */
export type SeenPerson = z.input<typeof SeeAs>;

/** What is used of a place; the package that types it is not installed. */
interface Place {
  pathname: string;
}

const KEY = `${PLUGIN_ID}.see-as`;
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

interface Choice {
  /** Login of the administrator who chose. */
  by: string;
  person: SeenPerson;
}

/** What was read last, so that the same text is the same object. */
let last: { text: string | null; choice: Partial<Choice> | undefined } = { text: null, choice: undefined };

/** As whom this browser's tab sees; undefined: as oneself. Who signs in after the administrator is not concerned. */
function chosenPerson(): SeenPerson | undefined {
  const text = sessionStorage.getItem(KEY);
  if (text !== last.text) {
    last = { text, choice: text === null ? undefined : read(text) };
  }
  const { choice } = last;
  return choice && choice.by === config.bootData.user.login ? choice.person : undefined;
}

function read(text: string): Partial<Choice> | undefined {
  try {
    return (JSON.parse(text) as Partial<Choice> | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Sees the app's pages as somebody else from now on, until stopSeeAs or the end of the browser's session. */
export function beginSeeAs(person: SeenPerson): void {
  const choice: Choice = { by: config.bootData.user.login, person };
  sessionStorage.setItem(KEY, JSON.stringify(choice));
  tell();
}

/** Sees the app's pages as oneself again. */
export function stopSeeAs(): void {
  sessionStorage.removeItem(KEY);
  tell();
}

function follow(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** As whom this browser's tab sees the app's pages, followed. */
export function useChosenPerson(): SeenPerson | undefined {
  return useSyncExternalStore(follow, chosenPerson);
}

/**
 * As whom the page on the screen is seen. Only the app's own pages are: in the configuration, which is for administrators
 * alone, one stays oneself.
 */
export function seenPerson(): SeenPerson | undefined {
  const { pathname } = locationService.getLocation() as Place;
  const [, kind, id] = pathname.split('/');
  return kind === 'a' && id === PLUGIN_ID ? chosenPerson() : undefined;
}

/** What says so to the collector. */
export function seeAsHeaders(): Record<string, string> {
  const person = seenPerson();
  return person ? { [SEE_AS_HEADER]: writeSeeAs(person) } : {};
}
