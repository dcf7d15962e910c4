// Whether Grafana can import every dashboard that the packaged app brings along, and imports a changed one again.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = 'dist-package/finops-chargeback-app';
const SOURCE = 'dashboards/Chargeback';
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));

const { includes } = read(join(PACKAGE, 'plugin.json'));
const brought = includes.filter(({ type }) => type === 'dashboard');
const problems = [];
for (const name of readdirSync(SOURCE)) {
  if (!brought.some(({ path }) => path === `dashboards/${name}`)) {
    problems.push(`${name} is not brought along`);
  }
}
for (const { path, name } of brought) {
  const { title, uid, revision, __inputs } = read(join(PACKAGE, path));
  if (title !== name) {
    problems.push(`${path} is called "${name}" in plugin.json and "${title}" in itself`);
  }
  if (!uid || !(revision >= 1)) {
    problems.push(`${path} has no uid or no revision: Grafana would not import it again`);
  }
  if (__inputs) {
    problems.push(`${path} has __inputs, at which Grafana stops the import of all`);
  }
}
if (read('dist/plugin.json').includes.some(({ type }) => type === 'dashboard')) {
  problems.push('dist/ has dashboards too: where they are provisioned by file, Grafana would have them twice');
}
for (const problem of problems) {
  console.error(problem);
}
console.log(`${brought.length} dashboards in the package, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
