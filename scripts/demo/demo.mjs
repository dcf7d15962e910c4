import { build, isStale } from './build.mjs';
import { check } from './check.mjs';
import { Collector } from './collector.mjs';
import { currentPeriod, firstCosts } from './first-costs.mjs';
import { findGrafana, startGrafana } from './grafana.mjs';
import { install, installReason } from './install.mjs';
import { startPostgres } from './postgres.mjs';
import { startPreview } from './preview.mjs';
import { Processes, lastWords } from './processes.mjs';
import { downloadPrometheus, findPrometheus } from './prometheus-program.mjs';
import { scrapeConfigurations, startPrometheus } from './prometheus-server.mjs';
import { readState, sourceKey, writeState } from './state.mjs';
import { Steps } from './steps.mjs';
import { makeTeams } from './team-viewers.mjs';
import { TEAMS } from './teams.mjs';
import { fillHistory } from './usage-history.mjs';
import { startGateways, writeDemoConfiguration } from './simulated-gateways.mjs';
import { whatToOpen } from './what-to-open.mjs';

const DAY = 86_400_000;
const day = (at) => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

/** Starts everything in order, and stops it. */
export class Demo {
  #steps = new Steps();
  #stopping = null;
  #interrupted = null;

  constructor(settings) {
    this.settings = settings;
    this.processes = new Processes(settings, (name, how, log) =>
      this.#interrupt(`${name} ${how}; the end of ${log}:\n${lastWords(log)}`, 1),
    );
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => this.#interrupt(null, 0));
    }
    this.end = new Promise((resolve) => (this.resolveEnd = resolve));
  }

  /** Ends the demo, because it was asked to or (`reason`) because a part of it has ended. The second time kills at once. */
  #interrupt(reason, code) {
    if (this.#interrupted) {
      return reason ? undefined : this.processes.killAll();
    }
    this.#interrupted = { reason, code };
    this.resolveEnd();
    // Ends a step that waits for one of the programs; run() reports.
    void this.#stop();
  }

  #stop() {
    this.#stopping ??= this.processes.stopAll();
    return this.#stopping;
  }

  /** Runs the demo to its end; returns the exit code. */
  async run({ check: checkOnly }) {
    let code = 0;
    let running = false;
    try {
      const interrupted = this.end.then(() => Promise.reject(new Error('interrupted')));
      const started = await Promise.race([this.#start(), interrupted]);
      running = true;
      if (checkOnly) {
        await Promise.race([this.#step('Checking', () => check(this.settings, this.state, started)), interrupted]);
        console.log(`  Time           ${this.#steps.total()}`);
      } else {
        console.log(whatToOpen(this.settings, this.state, started, this.#steps.total()));
        await this.end;
      }
    } catch (error) {
      if (!this.#interrupted) {
        console.error(`\nThe demo failed: ${error.message}`);
        code = 1;
      }
    }
    if (this.#interrupted?.reason) {
      console.error(`\nThe demo ends: ${this.#interrupted.reason}`);
    }
    console.log('\nStopping everything …');
    await this.#stop();
    console.log('Stopped.');
    return this.#interrupted ? this.#interrupted.code || (running && !checkOnly ? 0 : 130) : code;
  }

  async #step(label, work) {
    if (this.#interrupted) {
      throw new Error('interrupted');
    }
    await this.#steps.run(label, work);
  }

  async #start() {
    const { settings, processes } = this;
    await this.#installPackages();
    await this.#build('build:collector');
    const state = (this.state = readState(settings));
    writeState(settings, state);
    const source = sourceKey(settings);
    const collectedTo = state.collectedTo[source];

    let database = settings.externalDatabase;
    if (!database) {
      await this.#step('PostgreSQL', async () => {
        const { url, note } = await startPostgres(settings, state, processes);
        database = url;
        return [`on port ${settings.postgres.port}`, note].filter(Boolean).join('; ');
      });
    }
    const prometheus = settings.externalPrometheus ?? (await this.#startUsage());
    if (settings.ownConfig) {
      await writeDemoConfiguration(settings, processes);
    }

    const grafanaProgram = findGrafana();
    const grafana = grafanaProgram ? `http://127.0.0.1:${settings.grafana.port}` : null;
    const collector = new Collector(settings, state, processes, { database, prometheus, grafana });
    await this.#step('Tables, owners and prices', () =>
      collector.prepare(collectedTo === undefined && !settings.externalDatabase),
    );
    await this.#step('Collecting the usage of the hours that have ended', async () => {
      const to = Date.now();
      const hours = await collector.collect(collectedTo ?? state.start, to);
      state.collectedTo[source] = to;
      writeState(settings, state);
      return `${hours} hours`;
    });
    await this.#step('Collector', async () => {
      await collector.serve();
      return `on ${collector.url}`;
    });
    await this.#step('First costs', async () => {
      const { totals, currency } = await firstCosts(collector);
      return `${currentPeriod()}: ${totals.total_cost} ${currency}, ${this.#steps.total()} after the start`;
    });

    // Not before: nothing that leads to the first costs needs it.
    await this.#build('build:plugin');
    let preview = null;
    let teamsLeftOut = 'there is no Grafana for them';
    if (grafanaProgram) {
      await this.#step('Grafana', () =>
        startGrafana(grafanaProgram, { settings, state, processes, collector, database, prometheus }),
      );
      await this.#step('Two teams in Grafana, each of which sees its workspace only', async () => {
        teamsLeftOut = await makeTeams({ settings, state, collector, grafana });
        return teamsLeftOut ?? TEAMS.map(({ login, workspace }) => `${login}: ${workspace}`).join(', ');
      });
    } else {
      await this.#step('No Grafana on this machine: a preview of the pages instead', async () => {
        preview = await startPreview(settings, state, processes, collector);
        return preview ?? 'none in this checkout';
      });
    }
    return { collector, database, prometheus, grafana, grafanaProgram, preview, teamsLeftOut };
  }

  /** The packages that a fresh clone lacks. */
  async #installPackages() {
    const reason = installReason();
    if (reason) {
      await this.#step(`Installing packages: ${reason}`, () => install(this.processes));
    }
  }

  /** Runs the npm script `script` when what it makes is missing or older than its sources. */
  async #build(script) {
    if (isStale(script)) {
      await this.#step(`npm run ${script}`, () => build(this.processes, script));
    }
  }

  /** The simulated organisation: its history in Prometheus, its gateways live; returns the URL of Prometheus. */
  async #startUsage() {
    const { settings, state, processes } = this;
    let folder = findPrometheus(settings);
    if (!folder) {
      await this.#step('Prometheus from apt', async () => {
        folder = await downloadPrometheus(settings, processes);
      });
    }
    const label =
      state.filledTo === null
        ? `Simulating ${Math.round((Date.now() - state.start) / DAY)} days of usage`
        : 'Simulating the time since the last start';
    await this.#step(label, async (progress) => {
      const filled = await fillHistory({ settings, state, processes, folder, progress });
      return filled ? `${day(filled.from)} to ${day(filled.to)} UTC` : 'nothing to add';
    });
    let url = null;
    await this.#step('Gateways and Prometheus', async () => {
      const gateways = await startGateways(state, processes);
      const scrapes = scrapeConfigurations(gateways, settings, state);
      ({ url } = await startPrometheus({ settings, processes, folder, port: settings.prometheus.port, scrapes }));
      state.filledTo = Date.now();
      writeState(settings, state);
      return `${Object.keys(gateways).join(', ')}, scraped every 15 s by ${url}`;
    });
    return url;
  }
}
