import { writeFileSync } from 'node:fs';
import { configurationPage } from './configuration-page';

/** `npm run docs`: writes the pages of docs/ that come from the code. */
for (const [path, content] of configurationPage()) {
  writeFileSync(path, content);
  console.log(path);
}
