import { writeFileSync } from 'node:fs';
import { accessPage } from './access-page';
import { apiPage } from './api-page';
import { configurationPage } from './configuration-page';

/** `npm run docs`: writes the pages of docs/ that come from the code. */
for (const [path, content] of [...configurationPage(), ...accessPage(), ...(await apiPage())]) {
  writeFileSync(path, content);
  console.log(path);
}
