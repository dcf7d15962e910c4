import fc from 'fast-check';
import { HistoryWrapper } from '@grafana/runtime';
import { matchRoutes } from 'react-router-dom';
import { PLUGIN_ID, workspaceOfPath, workspacePage } from './plugin-id';

/** Follows a link as Grafana does, and opens the address that then stands in the browser afresh. */
function follow(link: string): { clicked: string; reloaded: string } {
  const routes = [{ path: `/a/${PLUGIN_ID}/workspaces/*` }];
  const read = (pathname: string) => workspaceOfPath(matchRoutes(routes, pathname)?.[0]?.params['*'] ?? 'no such page');
  const clicked = new HistoryWrapper();
  clicked.push(link);
  window.history.pushState(null, '', clicked.getHistory().createHref(clicked.getLocation()));
  const reloaded = new HistoryWrapper();
  reloaded.push(window.location.pathname);
  return { clicked: read(clicked.getLocation().pathname), reloaded: read(reloaded.getLocation().pathname) };
}

const NAMES = [
  'payments',
  'a/b',
  '/',
  'a//b/',
  'München ünïcode 支払い 💶',
  '100%',
  'a%20b',
  '%2F',
  '~25',
  'a\\b',
  '.',
  '..',
  '?a=b#c&d',
  'a b+c',
  '"<>\'',
];

describe('the address of a workspace', () => {
  it.each(NAMES)('leads to %s and to no other, followed or opened afresh', (name) => {
    expect(follow(workspacePage(name))).toEqual({ clicked: name, reloaded: name });
  });

  it('leads to any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }), (text) => {
        const name = text.replace(/\p{Cc}/gu, '') || 'x';
        expect(follow(workspacePage(name))).toEqual({ clicked: name, reloaded: name });
      }),
    );
  });
});
