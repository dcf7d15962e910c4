import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createExampleLedger, type ExampleLedger } from './example-ledger';
import { programEnvironment } from './run-chargeback';

/*
 * The example of docs/api.md, run by plain Node and read by TypeScript in the folder of somebody who has the built package
 * and nothing of this repository.
 */
const run = promisify(execFile);
const TSC = join(process.cwd(), 'node_modules/typescript/bin/tsc');

let examples: ExampleLedger;
/** The folder of the one who uses the client. */
let folder: string;
let example: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'chargeback-client-')));
  const own = join(folder, 'node_modules/chargeback');
  await mkdir(own, { recursive: true });
  await copyFile('package.json', join(own, 'package.json'));
  await run(process.execPath, ['scripts/build-client.mjs', join(own, 'dist-client')]);
  const page = await readFile('docs/api.md', 'utf8');
  example = /^## The typed client\n[\s\S]*?^```ts\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? '';
  expect(example).toContain("from 'chargeback/client'");
  examples = await createExampleLedger();
});
afterAll(async () => {
  await examples?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What the example of the page prints, with this token. */
async function runExample(token: string): Promise<string> {
  await writeFile(join(folder, 'example.mjs'), example);
  const { stdout } = await run(process.execPath, ['example.mjs'], {
    cwd: folder,
    env: programEnvironment({ CHARGEBACK_URL: examples.api.url, CHARGEBACK_TOKEN: token }),
  });
  return stdout;
}

/** The lines of the program at which TypeScript finds a mistake. */
async function mistakenLines(program: string[]): Promise<string[]> {
  await writeFile(join(folder, 'consumer.mts'), program.join('\n'));
  const options = [
    '--noEmit',
    '--strict',
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--moduleResolution',
    'nodenext',
  ];
  const types = ['--types', 'node', '--typeRoots', join(process.cwd(), 'node_modules/@types')];
  const { stdout } = await run(process.execPath, [TSC, ...options, ...types, 'consumer.mts'], { cwd: folder }).catch(
    (error: { stdout: string }) => error,
  );
  return [...stdout.matchAll(/^(\S+?)\((\d+),\d+\): error (.*)$/gm)].map(([, file, line, words]) =>
    file === 'consumer.mts' ? (program[Number(line) - 1] ?? '') : `${file}: ${words}`,
  );
}

test('the example of docs/api.md runs in plain Node, with nothing installed beside the package', async () => {
  expect((await runExample(examples.token)).split('\n')).toEqual([
    ' 0.123046875 USD',
    'payments 1.9716796875 USD',
    'search 0.6931640625 USD',
    'payments 20 "1"',
    '',
  ]);
});

test('what the collector refuses is told by the class of the built client', async () => {
  await expect(runExample('cbk_wrong')).rejects.toMatchObject({ stdout: '401 UNAUTHENTICATED\n', code: 1 });
});

test('TypeScript reads the example by the declarations, and refuses what no question or answer has', async () => {
  await symlink(join(process.cwd(), 'node_modules/zod'), join(folder, 'node_modules/zod'));
  const mistakes = [
    "(await client.getCosts({ from_ts: '', to_ts: '' })).data[0]?.cots;",
    'await client.getCost({});',
    'await client.getBudget({});',
    "await client.createBudget({ body: { name: 'a', amount: 1.5, owner: 'ann', valid_from: '2026-03' } });",
    "for await (const row of client.each('getMe')) console.log(row);",
  ];
  expect(await mistakenLines([...example.split('\n'), ...mistakes])).toEqual(mistakes);
});
