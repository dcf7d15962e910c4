import { AppEvents, BusEventWithPayload, type EventBus } from '@grafana/data';
import { Alert, Portal } from '@grafana/ui';
import { useEffect, useState } from 'react';

class SuccessEvent extends BusEventWithPayload<string[]> {
  static readonly type = AppEvents.alertSuccess.name;
}

/** Shows what pages tell in passing. */
export function Toasts({ events }: { events: EventBus }) {
  const [messages, setMessages] = useState<string[]>([]);
  useEffect(() => {
    const subscription = events.getStream(SuccessEvent).subscribe(({ payload }) => {
      setMessages((shown) => [...shown, payload.join(' ')]);
      setTimeout(() => setMessages((shown) => shown.slice(1)), 5000);
    });
    return () => subscription.unsubscribe();
  }, [events]);
  return (
    <Portal>
      <div style={{ position: 'fixed', top: 16, right: 16 }} aria-live="polite">
        {messages.map((message, index) => (
          <Alert key={index} severity="success" title={message} elevated />
        ))}
      </div>
    </Portal>
  );
}
