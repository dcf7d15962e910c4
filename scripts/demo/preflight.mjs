import { connect } from 'node:net';
import { canDownload, findPrometheus, HOW_TO_GET } from './prometheus-program.mjs';
import { portProblems } from './ports.mjs';
import { listeners } from './settings.mjs';
import { answers } from './wait-for.mjs';

const [MAJOR = 0, MINOR = 0] = process.versions.node.split('.').map(Number);

/** Whether the Prometheus at `url` has usage that the preset's meters find; a sentence when not. */
async function usageProblem(url, ownConfig) {
  try {
    if (!(await answers(`${url}/api/v1/query?query=1`))) {
      return `PROMETHEUS_URL is ${url}, which does not answer a query; correct it, or unset it to let the demo start a Prometheus of its own`;
    }
    const query = new URLSearchParams({ query: 'count(last_over_time(bifrost_bytes_total[1d]))' });
    const body = await (await fetch(`${url}/api/v1/query?${query}`)).json();
    return body.data.result.length > 0 || !ownConfig
      ? null
      : `the Prometheus of PROMETHEUS_URL (${url}) has no bifrost_bytes_total in the last day, and the demo cannot put a history into a server that it does not run; unset PROMETHEUS_URL, or set CHARGEBACK_CONFIG to a folder with a meters.yaml for the metrics it has`;
  } catch (error) {
    return `PROMETHEUS_URL is ${url}, which cannot be reached (${error.cause?.message ?? error.message}); correct it, or unset it to let the demo start a Prometheus of its own`;
  }
}

/** Whether something listens where DATABASE_URL points; a sentence when not. Whether it may be used shows later. */
async function databaseProblem(text) {
  if (!/^postgres(ql)?:/.test(text) || !URL.canParse(text)) {
    return 'DATABASE_URL is not a URL such as postgres://user:password@127.0.0.1:5432/chargeback; correct it, or unset it to let the demo start a PostgreSQL of its own';
  }
  const { hostname, port } = new URL(text);
  const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 5432), timeout: 5000 });
  const reason = await new Promise((resolve) => {
    socket.once('connect', () => resolve(null));
    socket.once('timeout', () => resolve('no answer'));
    socket.once('error', (error) => resolve(error.code ?? error.message));
  });
  socket.destroy();
  return reason
    ? `the PostgreSQL of DATABASE_URL (${hostname}:${port || 5432}) cannot be reached: ${reason}; start it, correct the variable, or unset it to let the demo start one of its own`
    : null;
}

/** All that keeps the demo from starting, as sentences, before anything is started. */
export async function preflight(settings) {
  const problems = await portProblems(listeners(settings));
  if (MAJOR < 20 || (MAJOR === 20 && MINOR < 19)) {
    problems.push(`this is Node ${process.versions.node}; the demo needs 20.19 or newer`);
  }
  if (settings.externalPrometheus) {
    problems.push(await usageProblem(settings.externalPrometheus, settings.ownConfig));
  } else if (!findPrometheus(settings) && !canDownload()) {
    problems.push(`there is no Prometheus on the PATH; ${HOW_TO_GET}`);
  }
  if (settings.externalDatabase) {
    problems.push(await databaseProblem(settings.externalDatabase));
  }
  return problems.filter(Boolean);
}
