// Keeps the plugin small: what a page needs at first at most 150 kB gzip, no file over 250 kB gzip.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const FIRST_LOAD_LIMIT = 150_000;
const CHUNK_LIMIT = 250_000;
const dist = process.argv[2] ?? 'dist';

if (!existsSync(join(dist, 'module.js'))) {
  console.error(`${dist}/module.js is missing: run "npm run build:plugin" first.`);
  process.exit(1);
}
const problems = [];
const sizes = new Map();
for (const name of readdirSync(dist).filter((file) => file.endsWith('.js'))) {
  sizes.set(name, gzipSync(readFileSync(join(dist, name))).length);
}
const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
// The pages are told apart by their chunks' names; what several share is counted for each.
const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
for (const [name, size] of [...sizes].sort((a, b) => b[1] - a[1])) {
  console.log(`${kb(size).padStart(10)}  ${name}`);
  if (size > CHUNK_LIMIT) {
    problems.push(`${name} is ${kb(size)} gzip, more than ${kb(CHUNK_LIMIT)}: load a part of it later with import()`);
  }
}
console.log(`${kb(total).padStart(10)}  all together (gzip)`);

const stats = join(dist, 'first-load.json');
if (!existsSync(stats)) {
  problems.push(`${stats} is missing: the build writes which files each page needs`);
} else {
  for (const [page, files] of Object.entries(JSON.parse(readFileSync(stats, 'utf8')))) {
    const first = files.reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
    console.log(`${kb(first).padStart(10)}  first load of ${page}`);
    if (first > FIRST_LOAD_LIMIT) {
      problems.push(`the first load of ${page} is ${kb(first)} gzip, more than ${kb(FIRST_LOAD_LIMIT)}`);
    }
  }
}
for (const problem of problems) {
  console.error(`Too large: ${problem}.`);
}
process.exit(problems.length === 0 ? 0 : 1);
