import { noise, seedOf } from './noise';
import type { Flow } from './organisation';
import { DAY, MINUTE, weightAt } from './week';

const { floor, round } = Math;

/** What one minute of a flow carries. */
export interface Traffic {
  messages: number;
  bytes: number;
}

/** Whole messages and bytes of a flow in any minute since the epoch; always the same for the same minute and `start`. */
export type TrafficOf = (minute: number) => Traffic;

/**
 * The traffic of `flow`. `start` is the instant (ms) from which the days of the organisation's events count
 * (a topic that begins or ends, a team that doubles).
 */
export function trafficOf(flow: Flow, start: number): TrafficOf {
  const seed = seedOf(`${flow.cluster}/${flow.topic}/${flow.serviceAccount}/${flow.direction}`);
  const from = (start + flow.from * DAY) / MINUTE;
  const until = (start + flow.until * DAY) / MINUTE;
  const doubles = (start + flow.doublesAt * DAY) / MINUTE;
  return (minute) => {
    if (minute < from || minute >= until) {
      return { messages: 0, bytes: 0 };
    }
    // Slow drift over hours, bursts of five minutes and unrest from minute to minute.
    const drift = 0.85 + 0.3 * noise(seed, floor(minute / 420));
    const burst = 0.8 + 0.4 * noise(seed + 1, floor(minute / 5));
    const unrest = 0.9 + 0.2 * noise(seed + 2, minute);
    const growth = minute >= doubles ? 2 : 1;
    const mean = flow.messagesPerSecond * 60 * weightAt(flow.profile, minute) * drift * burst * unrest * growth;
    // Rounded up or down by chance, so that a quiet flow's rare messages neither vanish nor tick like a clock.
    const messages = floor(mean + noise(seed + 3, minute));
    const size = round(flow.bytesPerMessage * (0.92 + 0.16 * noise(seed + 4, minute)));
    return { messages, bytes: messages * size };
  };
}
