import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { VARIABLES } from '../collector/config';

const example = readFileSync('.env.example', 'utf8');
const compose = readFileSync('docker-compose.yml', 'utf8');
const names = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name]) => String(name)))].sort();
const written = names(example, /^#?([A-Z_]+)=/gm);

test('.env.example names every variable of the collector, of docker compose and of the provisioning, each with a comment', () => {
  const provisioning = ['datasources', 'dashboards', 'plugins']
    .map((kind) => readFileSync(`provisioning/${kind}/chargeback.yaml`, 'utf8'))
    .join('\n');
  const needed = [
    ...Object.keys(VARIABLES),
    ...names(compose, /\$\{([A-Z_]+)/g),
    ...names(provisioning, /\$\{([A-Z_]+)\}/g),
  ];
  expect(written).toEqual([...new Set(needed)].sort());
  for (const name of written) {
    expect(example).toMatch(new RegExp(`^# .*\\n(#?[A-Z_]+=.*\\n)*#?${name}=`, 'm'));
  }
});

test('no secret has a value or a default, and no port is published beyond loopback', () => {
  const secrets = written.filter((name) => /PASSWORD|TOKEN|KEY/.test(name));
  // One that a set-up can do without.
  const optional = secrets.filter((name) => ['CHARGEBACK_GRAFANA_TOKEN', 'CHARGEBACK_TOKEN'].includes(name));
  expect(secrets).toHaveLength(7);
  for (const secret of optional) {
    expect(example).toMatch(new RegExp(`^#${secret}=$`, 'm'));
    expect(compose).not.toMatch(new RegExp(`\\$\\{${secret}(?!:-\\})`));
  }
  for (const secret of secrets.filter((name) => !optional.includes(name))) {
    expect(example).toMatch(new RegExp(`^${secret}=$`, 'm'));
    expect(compose).not.toMatch(new RegExp(`\\$\\{${secret}(?!:\\?)`));
  }
  const { services } = parse(compose) as {
    services: Record<string, { ports?: string[]; image: string; healthcheck?: object }>;
  };
  for (const { ports = [], image, healthcheck } of Object.values(services)) {
    expect(ports.every((port) => port.startsWith('127.0.0.1:'))).toBe(true);
    expect(image).toMatch(/:(local|v?\d+\.\d+(\.\d+)?(-\w+)?)$/);
    expect(image.endsWith(':local') || healthcheck).toBeTruthy();
  }
});
