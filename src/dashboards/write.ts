import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedFiles, generatedFolders } from './generated-files';

const files = generatedFiles();
for (const [path, content] of files) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  console.log(path);
}
// A dashboard or rule that the code no longer makes must not stay in Grafana.
for (const folder of generatedFolders(files)) {
  for (const name of readdirSync(folder)) {
    if (!files.has(join(folder, name))) {
      rmSync(join(folder, name));
      console.log(`removed ${join(folder, name)}`);
    }
  }
}
