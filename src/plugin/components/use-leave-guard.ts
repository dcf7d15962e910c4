import { locationService } from '@grafana/runtime';
import { useCallback, useEffect, useRef, useState } from 'react';

/** Where somebody wants to go, within the app. */
interface Place {
  pathname: string;
  search: string;
  hash: string;
}

/** What is used of Grafana's history; the package that types it is not installed. */
interface Blocking {
  /** `ask` answers false to hold the user where they are. Returns how to stop asking. */
  block: (ask: (place: Place) => false | undefined) => () => void;
}

/**
 * Holds the user on the page while `unsaved`. Within the app the way that was asked for is kept in `asked`, to be gone with
 * `leave` or given up with `stay`; leaving the app the browser asks. `allow` lets the next step pass, for after saving.
 */
export function useLeaveGuard(unsaved: boolean): {
  asked: boolean;
  leave: () => void;
  stay: () => void;
  allow: () => void;
} {
  const [asked, setAsked] = useState<Place>();
  const allowed = useRef(false);
  useEffect(() => {
    if (!unsaved) {
      return undefined;
    }
    const history = locationService.getHistory() as Blocking;
    const unblock = history.block((place) => {
      if (allowed.current) {
        return undefined;
      }
      setAsked(place);
      return false;
    });
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => {
      unblock();
      window.removeEventListener('beforeunload', ask);
    };
  }, [unsaved]);
  const allow = useCallback(() => {
    allowed.current = true;
  }, []);
  const leave = useCallback(() => {
    allowed.current = true;
    if (asked) {
      locationService.push(asked);
    }
  }, [asked]);
  const stay = useCallback(() => setAsked(undefined), []);
  return { asked: asked !== undefined, leave, stay, allow };
}
