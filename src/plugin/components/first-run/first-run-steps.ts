import { PAGES } from '../../plugin-id';
import type { FirstRunFacts } from './first-run-facts';

/** A step from an empty install to the first cost. */
export interface FirstRunStep {
  id: 'connect' | 'meters' | 'hour' | 'rates' | 'owners' | 'cost';
  title: string;
  /** `next`: to be done now; `later`: something before it is missing, or it comes by itself. */
  state: 'done' | 'next' | 'later';
  /** How it stands, and what to do. */
  detail: string;
  link?: { href: string; title: string };
}

const COLLECT = { href: PAGES.collection, title: 'Open Collection' };

/** The steps with their state; what is not done says what to do. */
export function firstRunSteps(facts: FirstRunFacts): FirstRunStep[] {
  const connected = facts.problem === undefined;
  const steps = [connect(facts), meters(facts), hour(facts), rates(facts), owners(facts), cost(facts)];
  return connected
    ? steps
    : steps.map((step) =>
        step.id === 'connect'
          ? step
          : { ...step, state: 'later', detail: 'Known when the collector is connected.', link: undefined },
      );
}

/** Whether there is nothing left to do. */
export function isFirstRunDone(steps: FirstRunStep[]): boolean {
  return steps.every(({ state }) => state === 'done');
}

function connect({ problem }: FirstRunFacts): FirstRunStep {
  return {
    id: 'connect',
    title: 'Connect the collector',
    state: problem === undefined ? 'done' : 'next',
    detail: problem === undefined ? 'The collector answers and takes the key.' : problem,
    link: problem === undefined ? undefined : { href: PAGES.connection, title: 'Open Connection' },
  };
}

function meters({ meters: known, watermark }: FirstRunFacts): FirstRunStep {
  const step = { id: 'meters', title: 'See usage in Prometheus' } as const;
  const silent = known.filter(({ series }) => series === 0).map(({ slug }) => slug);
  if (known.length > 0 && silent.length < known.length) {
    const some = silent.length > 0 ? ` Nothing was seen yet of ${silent.join(', ')}.` : '';
    return {
      ...step,
      state: 'done',
      detail: `${known.length - silent.length} of ${known.length} meters have series.${some}`,
    };
  }
  if (watermark === null) {
    return {
      ...step,
      state: 'later',
      detail: `${known.length} meters are read; the first collected hour shows which of them Prometheus has.`,
    };
  }
  return {
    ...step,
    state: 'next',
    detail:
      'Prometheus has no series of any meter. Are the metrics scraped, do their names in meters.yaml match, and is it the right PROMETHEUS_URL?',
    link: { href: PAGES.collection, title: 'See what the meters read' },
  };
}

function hour({ watermark }: FirstRunFacts): FirstRunStep {
  return {
    id: 'hour',
    title: 'Collect the first hour',
    state: watermark === null ? 'next' : 'done',
    detail:
      watermark === null
        ? 'It comes by itself, a few minutes after the end of the hour at the latest. You need not wait: collect hours that Prometheus already has.'
        : 'Hours are collected; each new one comes by itself.',
    link: watermark === null ? COLLECT : undefined,
  };
}

function rates({ meters: known }: FirstRunFacts): FirstRunStep {
  const unpriced = known.filter(({ priced }) => !priced).map(({ slug }) => slug);
  const priced = known.length - unpriced.length;
  return {
    id: 'rates',
    title: 'Set rates',
    state: priced > 0 ? 'done' : 'next',
    detail:
      priced > 0
        ? `${priced} of ${known.length} meters have a price.${unpriced.length > 0 ? ` Without one: ${unpriced.join(', ')}.` : ''}`
        : 'No meter has a price, so nothing costs anything. Make a rate card; let it begin before the first usage to be rated.',
    link: priced > 0 ? undefined : { href: `${PAGES.rates}?card=new`, title: 'Make a rate card' },
  };
}

function owners({ workspaces, unmatched }: FirstRunFacts): FirstRunStep {
  const step = {
    id: 'owners',
    title: 'Assign owners',
    link: { href: PAGES.ownership, title: 'Open Ownership' },
  } as const;
  if (workspaces > 0) {
    const rest =
      unmatched > 0 ? ` ${unmatched} ${unmatched === 1 ? 'resource has' : 'resources have'} no owner this month.` : '';
    return {
      ...step,
      state: 'done',
      detail: `Usage belongs to ${workspaces} ${workspaces === 1 ? 'workspace' : 'workspaces'}.${rest}`,
      link: unmatched > 0 ? step.link : undefined,
    };
  }
  return {
    ...step,
    state: 'next',
    detail:
      'Everything is unallocated. Rules say which workspace, application and team a cluster, topic or principal belongs to.',
  };
}

function cost({ hasCost, meters: known, watermark }: FirstRunFacts): FirstRunStep {
  const step = { id: 'cost', title: 'See the first cost' } as const;
  if (hasCost) {
    return {
      ...step,
      state: 'done',
      detail: 'There are costs.',
      link: { href: PAGES.chargeback, title: 'Open Chargeback' },
    };
  }
  const ready = watermark !== null && known.some(({ priced }) => priced);
  return {
    ...step,
    state: ready ? 'next' : 'later',
    detail: ready
      ? 'Hours are collected and there are prices, but none was in force in a collected hour with usage. Let a rate card begin earlier, or wait for the next hour.'
      : 'It comes by itself with the first collected hour for which a price is in force.',
    link: ready ? { href: PAGES.rates, title: 'Open Rates' } : undefined,
  };
}
