import { useEffect, useState } from 'react';

/**
 * Gives the focus back to what had it when the component first came, as soon as the component is gone. The drawer itself
 * forgets it when it is taken away at once, as it is when the address says that it is closed.
 */
export function useReturnFocus(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // The drawer lets go of the focus after this.
      setTimeout(() => {
        if (opener instanceof HTMLElement && opener.isConnected) {
          opener.focus();
        }
      });
    },
    [opener],
  );
}
