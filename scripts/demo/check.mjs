import { checkTeams } from './check-teams.mjs';
import { currentPeriod, firstCosts } from './first-costs.mjs';
import { findPrometheus } from './prometheus-program.mjs';

/**
 * What `--check` looks at: the costs of the month, the ledger's invariants, and what the viewers of the teams see. Prints
 * what it found; throws when anything is wrong.
 */
export async function check(settings, state, { collector, grafana, grafanaProgram, preview, teamsLeftOut }) {
  const period = currentPeriod();
  const chargeback = await firstCosts(collector);
  await collector.run(['verify'], { show: true });
  const prometheus = settings.externalPrometheus ?? `${findPrometheus(settings)}/prometheus`;
  const pages = grafana ? `${grafanaProgram.program}, on ${grafana}` : `none; preview ${preview ?? 'none'}`;
  const teams = teamsLeftOut ? [['Teams', `not checked: ${teamsLeftOut}`]] : await checkTeams(grafana, state);
  const unrated = chargeback.unrated.map(({ meter, quantity, unit }) => `${meter} ${quantity} ${unit}`);
  const found = [
    ['Prometheus', prometheus],
    ['Grafana', pages],
    ['Workspaces', [...new Set(chargeback.lines.map((line) => line.workspace || 'Unallocated'))].join(', ')],
    ['Unrated', unrated.join(', ') || 'nothing'],
    [`Total ${period}`, `${chargeback.totals.total_cost} ${chargeback.currency}`],
    ...teams,
  ];
  console.log(found.map(([what, value]) => `  ${what.padEnd(15)}  ${value}`).join('\n'));
}
