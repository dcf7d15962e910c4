#!/usr/bin/env node
import { existsSync } from 'node:fs';

// Committed as it is: a bin that does not exist at the first `npx` stays "not found" in npx's cache.
const program = new URL('../dist-collector/chargeback.mjs', import.meta.url);
if (existsSync(program)) {
  await import(program.href);
} else {
  console.error('The collector is not built yet: run "npm run build" first (or "npm run build:collector").');
  process.exitCode = 1;
}
