import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { BudgetsFile } from '../api/budgets';
import { DirectoryFile } from '../api/directory';
import { RatesFile } from '../api/rate-cards';
import { midMonthBefore, writeConfiguration } from './configuration';

const KEPT = fileURLToPath(new URL('./config', import.meta.url));
let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'chargeback-config-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const rates = (from: string): RatesFile => RatesFile.parse(parse(readFileSync(join(from, 'rates.yaml'), 'utf8')));
const directory = (from: string): DirectoryFile =>
  DirectoryFile.parse(parse(readFileSync(join(from, 'directory.yaml'), 'utf8')));
const budgets = (from: string): BudgetsFile =>
  BudgetsFile.parse(parse(readFileSync(join(from, 'budgets.yaml'), 'utf8')));

test.each([
  ['2026-11-21T04:30:00Z', '2026-11-15'],
  ['2026-11-17T00:00:00Z', '2026-11-15'],
  ['2026-11-16T23:59:59Z', '2026-10-15'],
  ['2026-01-03T12:00:00Z', '2025-12-15'],
])('the latest rate change before %s is on %s', (now, day) => {
  expect(midMonthBefore(Date.parse(now))).toBe(day);
});

test('changes are moved into the history, everything else stays as it is kept', () => {
  writeConfiguration(KEPT, folder, Date.parse('2027-06-20T09:00:00Z'));
  const undated = (file: RatesFile): unknown => file.rate_cards.map(({ valid_from: _, ...card }) => card);
  expect(undated(rates(folder))).toEqual(undated(rates(KEPT)));
  expect(rates(folder).rate_cards.map((card) => card.valid_from)).toEqual(['2026-01-01', '2027-06-15', '2026-01-01']);
  expect(directory(folder).rules.map((rule) => rule.set)).toEqual(directory(KEPT).rules.map((rule) => rule.set));
  expect(directory(folder).rules.flatMap((rule) => rule.valid_from ?? [])).toEqual(['2027-06-10']);
  const months = (file: BudgetsFile) => file.budgets.map(({ valid_from: month }) => month.slice(4));
  expect(months(budgets(folder))).toEqual(months(budgets(KEPT)));
  expect(new Set(budgets(folder).budgets.map(({ valid_from: month }) => month.slice(0, 4)))).toEqual(new Set(['2026']));
});
