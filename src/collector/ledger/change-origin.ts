import { AsyncLocalStorage } from 'node:async_hooks';
import type { ChangeWay } from '../../api/history';

/** From where a change comes: by which way, and from which network address, where there is one. */
export interface ChangeOrigin {
  via: ChangeWay;
  address: string | null;
}

const current = new AsyncLocalStorage<ChangeOrigin>();

/**
 * Runs `work`; all that it changes is recorded as coming from `origin`. Said once where work comes in (a request, a
 * command, the first start), so that nothing that writes can forget it.
 */
export function changingFrom<T>(origin: ChangeOrigin, work: () => T): T {
  return current.run(origin, work);
}

/** From where what runs now changes something; without anybody who asked it is the collector by itself. */
export function changeOrigin(): ChangeOrigin {
  return current.getStore() ?? { via: 'collector', address: null };
}
