import { AppEvents } from '@grafana/data';
import { getAppEvents } from '@grafana/runtime';

/** Tells the user in passing that something was done. */
export function notify(message: string): void {
  getAppEvents().publish({ type: AppEvents.alertSuccess.name, payload: [message] });
}
