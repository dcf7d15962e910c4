import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles, generatedFolders } from '../src/dashboards/generated-files';
import { accessPage } from './docs/access-page';
import { apiPage } from './docs/api-page';
import { configurationPage } from './docs/configuration-page';

/** `npm run check:generated`: whether the committed files are those that the code makes now. */
const dashboards = generatedFiles();
const sources = [
  { command: 'npm run dashboards', files: dashboards },
  { command: 'npm run docs', files: new Map([...configurationPage(), ...accessPage(), ...(await apiPage())]) },
];
const problems = sources.flatMap(({ command, files }) =>
  [...files].flatMap(([path, content]) => {
    if (!existsSync(path)) {
      return [`${path} is missing: run "${command}"`];
    }
    return readFileSync(path, 'utf8') === content ? [] : [`${path} is not what the code makes now: run "${command}"`];
  }),
);
for (const folder of generatedFolders(dashboards)) {
  const left = existsSync(folder) ? readdirSync(folder).filter((name) => !dashboards.has(join(folder, name))) : [];
  problems.push(...left.map((name) => `${join(folder, name)} is made by no code any more: run "npm run dashboards"`));
}
for (const problem of problems) {
  console.error(problem);
}
console.log(`${sources.reduce((sum, { files }) => sum + files.size, 0)} generated files, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
