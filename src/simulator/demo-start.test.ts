import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A checkout that has nothing but the demo's scripts: what it says before anything is installed or started. */
let checkout: string;
let taken: Server;
let port: string;

beforeAll(async () => {
  checkout = mkdtempSync(join(tmpdir(), 'chargeback-demo-'));
  cpSync(fileURLToPath(new URL('../../scripts', import.meta.url)), join(checkout, 'scripts'), { recursive: true });
  taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  port = String((taken.address() as AddressInfo).port);
});

afterAll(() => {
  taken.close();
  rmSync(checkout, { recursive: true });
});

function demo(
  args: string[],
  environment: Record<string, string>,
): { status: number | null; stdout: string; stderr: string } {
  const env = { PATH: '', HOME: checkout, ...environment };
  return spawnSync(process.execPath, [join(checkout, 'scripts/demo.mjs'), ...args], { env, encoding: 'utf8' });
}

test('all that keeps the demo from starting is said at once, with the variable that mends it, and nothing is started', () => {
  const { status, stderr } = demo(['--check'], {
    DEMO_GRAFANA_PORT: port,
    DEMO_PROMETHEUS_PORT: 'ninety',
    CHARGEBACK_LISTEN: `127.0.0.1:${port}`,
    DATABASE_URL: 'postgres://chargeback@127.0.0.1:1/chargeback',
    GRAFANA_HOME: join(checkout, 'no-grafana'),
  });
  expect(status).toBe(1);
  expect(stderr).toContain(`port ${port} of 127.0.0.1 (Grafana) is taken`);
  expect(stderr).toContain('set DEMO_GRAFANA_PORT to a free port');
  expect(stderr).toContain(
    `the collector and Grafana are both to listen on port ${port}; set CHARGEBACK_LISTEN or DEMO_GRAFANA_PORT`,
  );
  expect(stderr).toContain('DEMO_PROMETHEUS_PORT is "ninety", which is not a port');
  expect(stderr).toContain('there is no Prometheus on the PATH; install Prometheus');
  expect(stderr).toContain('the PostgreSQL of DATABASE_URL (127.0.0.1:1) cannot be reached: ECONNREFUSED');
  expect(stderr).toContain('there is no bin/grafana in it');
  expect(stderr.trim().split('\n')).toHaveLength(7);
  expect(existsSync(join(checkout, '.chargeback/demo/postgres'))).toBe(false);
});

test('--help names every variable; an unknown option is wrong usage', () => {
  const { status, stdout } = demo(['--help'], {});
  expect(status).toBe(0);
  for (const name of [
    'DEMO_GRAFANA_PORT',
    'DEMO_PROMETHEUS_PORT',
    'DEMO_POSTGRES_PORT',
    'CHARGEBACK_LISTEN',
    'GRAFANA_HOME',
    '--check',
    '--fresh',
  ]) {
    expect(stdout).toContain(name);
  }
  const wrong = demo(['--chekc'], {});
  expect(wrong.status).toBe(2);
  expect(wrong.stderr).toContain('unknown option --chekc; known are --check, --fresh and --help');
});
