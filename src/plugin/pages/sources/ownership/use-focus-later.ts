import { useEffect, useState } from 'react';

/** Puts the focus onto the element with an id once what was changed is on the screen; `first` gets it at the beginning. */
export function useFocusLater(first?: string): (id: string) => void {
  const [target, setTarget] = useState(first === undefined ? undefined : { id: first });
  useEffect(() => {
    if (target) {
      document.getElementById(target.id)?.focus();
    }
  }, [target]);
  return (id) => setTarget({ id });
}
