import { currentPeriod, firstCosts } from './first-costs.mjs';
import { findPrometheus } from './prometheus-program.mjs';

/** What `--check` looks at: the costs of the month and the ledger's invariants. Prints what it found; throws when anything is wrong. */
export async function check(settings, { collector, grafana, grafanaProgram, preview }) {
  const period = currentPeriod();
  const chargeback = await firstCosts(collector);
  await collector.run(['verify'], { show: true });
  const prometheus = settings.externalPrometheus ?? `${findPrometheus(settings)}/prometheus`;
  const pages = grafana ? `${grafanaProgram.program}, on ${grafana}` : `none; preview ${preview ?? 'none'}`;
  const unrated = chargeback.unrated.map(({ meter, quantity, unit }) => `${meter} ${quantity} ${unit}`);
  const found = [
    ['Prometheus', prometheus],
    ['Grafana', pages],
    ['Workspaces', [...new Set(chargeback.lines.map((line) => line.workspace || 'Unallocated'))].join(', ')],
    ['Unrated', unrated.join(', ') || 'nothing'],
    [`Total ${period}`, `${chargeback.totals.total_cost} ${chargeback.currency}`],
  ];
  console.log(found.map(([what, value]) => `  ${what.padEnd(13)}  ${value}`).join('\n'));
}
