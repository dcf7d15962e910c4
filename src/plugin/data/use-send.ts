import { useCallback, useEffect, useRef, useState } from 'react';
import type { Observable, Subscription } from 'rxjs';
import type { ApiError } from './api-error';
import type { SendState } from './send-state';

/**
 * Sends something when `send` is called; a second one supersedes the first, which is cancelled. `reset` forgets
 * what was answered. When the component goes, an unanswered request is cancelled.
 */
export function useSend<T>(): {
  state: SendState;
  send: (request: Observable<T>, onDone: (value: T) => void) => void;
  reset: () => void;
} {
  const [state, setState] = useState<SendState>({ state: 'idle' });
  const running = useRef<Subscription>();
  useEffect(() => () => running.current?.unsubscribe(), []);

  const send = useCallback((request: Observable<T>, onDone: (value: T) => void) => {
    running.current?.unsubscribe();
    setState({ state: 'sending' });
    running.current = request.subscribe({
      next: (value) => {
        setState({ state: 'done' });
        onDone(value);
      },
      error: (error: ApiError) => setState({ state: 'failed', error }),
    });
  }, []);
  const reset = useCallback(() => {
    running.current?.unsubscribe();
    setState({ state: 'idle' });
  }, []);
  return { state, send, reset };
}
