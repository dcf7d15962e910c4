import { useCallback, useEffect, useRef } from 'react';

/**
 * `tell` for what a Combobox chooses. The one of the library tells of a choice again with every rendering until its value
 * has followed, and each would be another step in the browser's history.
 */
export function useToldOnce(value: string, tell: (value: string) => void): (value: string) => void {
  const told = useRef<string>();
  useEffect(() => {
    told.current = undefined;
  }, [value]);
  return useCallback(
    (next: string) => {
      if (next !== value && next !== told.current) {
        told.current = next;
        tell(next);
      }
    },
    [value, tell],
  );
}
