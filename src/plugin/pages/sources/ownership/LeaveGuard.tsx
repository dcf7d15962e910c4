import { locationService } from '@grafana/runtime';
import { ConfirmModal } from '@grafana/ui';
import { useEffect, useRef, useState } from 'react';
import type { Path } from 'react-router-dom';

interface Props {
  /** What would be lost: `the draft of the directory`. */
  what: string;
  /** Whether an address is still this part of the page. */
  stays: (pathname: string, params: URLSearchParams) => boolean;
}

/** What of Grafana's history is used here; its package brings no types. */
interface BlockingHistory {
  /** Asks before every step; false stays. Returns what ends the asking. */
  block: (ask: (target: Path) => false | undefined) => () => void;
}

/** While this is there, leaving asks first; what closes the browser's tab asks in the browser's words. */
export function LeaveGuard({ what, stays }: Props) {
  const [target, setTarget] = useState<string>();
  const unblock = useRef<() => void>();
  useEffect(() => {
    const history = locationService.getHistory() as BlockingHistory;
    const release = history.block(({ pathname, search, hash }) => {
      if (stays(pathname, new URLSearchParams(search))) {
        return undefined;
      }
      setTarget(`${pathname}${search}${hash}`);
      return false;
    });
    unblock.current = release;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => {
      release();
      window.removeEventListener('beforeunload', ask);
    };
  }, [stays]);

  return (
    <ConfirmModal
      isOpen={target !== undefined}
      title="Leave without saving?"
      body={`Leaving throws away ${what}.`}
      confirmText="Throw it away"
      dismissText="Stay here"
      onDismiss={() => setTarget(undefined)}
      onConfirm={() => {
        unblock.current?.();
        if (target !== undefined) {
          locationService.push(target);
        }
      }}
    />
  );
}
