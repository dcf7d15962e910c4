import type { ChangeWay, HistoryEntry } from '../../../api/history';

const WAYS: Record<ChangeWay, string> = {
  grafana: 'Grafana',
  token: 'API',
  cli: 'Command line',
  file: 'File at the first start',
  collector: 'The collector itself',
};

/** By which way a change came; empty where that was not yet kept. */
export function wayInWords({ via }: Pick<HistoryEntry, 'via'>): string {
  return via === null ? '' : WAYS[via];
}
