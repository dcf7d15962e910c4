import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles, generatedFolders } from './generated-files';
import { REVISIONS } from './revisions';

const files = generatedFiles();

test.each([...files])('%s is what the code makes (else: npm run dashboards, and commit)', (path, content) => {
  expect(readFileSync(path, 'utf8')).toBe(content);
});

test('there is no other file beside them, and making them again gives the same', () => {
  const folders = [...generatedFolders(files)];
  expect(folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name))).sort()).toEqual(
    [...files.keys()].filter((path) => path !== REVISIONS).sort(),
  );
  expect(generatedFiles()).toEqual(files);
});

test('uid and title of a dashboard stay for ever: an upgrade with another title deletes what people linked to', () => {
  const released = [...files]
    .filter(([path]) => path.startsWith('dashboards/'))
    .map(([, content]) => JSON.parse(content) as { uid: string; title: string });
  expect(Object.fromEntries(released.map(({ uid, title }) => [uid, title]))).toMatchObject({
    'chargeback-costs': 'Chargeback: usage and cost by workspace',
  });
});
