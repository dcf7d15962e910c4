import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { DirectoryFile } from '../api/directory';
import { clustersOf, FLOWS, GATEWAYS } from './organisation';
import { trafficOf } from './traffic';
import { DAY, MINUTE } from './week';

const START = Date.parse('2026-02-16T00:00:00Z');
const minuteOf = (time: string): number => Date.parse(time) / MINUTE;

/** Messages of the minutes [from, to) of all flows that `matches` selects. */
function messages(matches: (topic: string) => boolean, from: number, to: number): number {
  return FLOWS.filter(({ gateway, topic }) => gateway === 'prod' && matches(topic))
    .map((flow) => trafficOf(flow, START))
    .flatMap((traffic) => Array.from({ length: to - from }, (_, index) => traffic(from + index).messages))
    .reduce((sum, count) => sum + count, 0);
}

test('30 topics on three gateways, produced and consumed', () => {
  expect(new Set(FLOWS.map(({ topic }) => topic)).size).toBe(30);
  for (const gateway of GATEWAYS) {
    expect(clustersOf(gateway).length).toBeGreaterThan(2);
  }
  expect(new Set(FLOWS.map(({ direction }) => direction))).toEqual(new Set(['produce', 'consume']));
  const identities = FLOWS.map(
    ({ cluster, topic, serviceAccount, direction }) => `${cluster} ${topic} ${serviceAccount} ${direction}`,
  );
  expect(new Set(identities).size).toBe(FLOWS.length);
});

test('the directory has an owner for seven workspaces and none for the sandbox', () => {
  const { rules } = DirectoryFile.parse(
    parse(readFileSync(new URL('./config/directory.yaml', import.meta.url), 'utf8')),
  );
  const owns = (cluster: string): boolean =>
    rules.some(({ match, set }) => set.workspace && cluster.startsWith(match.cluster?.replace('*', '') ?? ' '));
  const clusters = GATEWAYS.flatMap(clustersOf);
  expect(clusters.filter((cluster) => !owns(cluster))).toEqual(['vc-sandbox-prod']);
  expect(new Set(rules.flatMap(({ set }) => set.workspace ?? [])).size).toBe(7);
});

test('offices sleep at night and at the weekend', () => {
  const office = (topic: string): boolean => topic === 'logistics.inventory';
  const noon = messages(office, minuteOf('2026-02-18T10:00:00Z'), minuteOf('2026-02-18T11:00:00Z'));
  const night = messages(office, minuteOf('2026-02-18T02:00:00Z'), minuteOf('2026-02-18T03:00:00Z'));
  const sunday = messages(office, minuteOf('2026-02-22T10:00:00Z'), minuteOf('2026-02-22T11:00:00Z'));
  expect(noon).toBeGreaterThan(5 * night);
  expect(noon).toBeGreaterThan(2 * sunday);
});

test('the analytics team doubles its traffic in the middle of the history', () => {
  const events = (topic: string): boolean => topic.startsWith('analytics.');
  const week = (days: number): number => {
    const from = (START + days * DAY) / MINUTE;
    return messages(events, from, from + 7 * 24 * 60);
  };
  const ratio = week(21) / week(7);
  expect(ratio).toBeGreaterThan(1.8);
  expect(ratio).toBeLessThan(2.2);
});

test('one topic begins and another ends within the history', () => {
  const hour = (topic: string, day: number): number => {
    const from = (START + day * DAY) / MINUTE + 600;
    return messages((name) => name === topic, from, from + 60);
  };
  expect(hour('logistics.routes', 5)).toBe(0);
  expect(hour('logistics.routes', 15)).toBeGreaterThan(0);
  expect(hour('identity.consents', 15)).toBeGreaterThan(0);
  expect(hour('identity.consents', 25)).toBe(0);
});
