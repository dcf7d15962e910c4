import { z } from 'zod';
import { VARIABLES } from '../../src/collector/config';

const PATH = 'docs/configuration.md';
const HEAD = `# Configuration

The collector is configured by environment variables. They are read once, at the start; a value that is not valid and a
\`CHARGEBACK_…\` variable that does not exist stop the start, all listed at once. An empty variable counts as not set; an empty
secret is an error. Whole numbers have the limits shown.

<!-- Made by "npm run docs" from src/collector/config.ts. -->

`;
const TAIL = `
\`CHARGEBACK_CONFIG\` is a folder with up to five files, each of which may be missing:

| file | what | when it is read |
| --- | --- | --- |
| \`meters.yaml\` | what is measured, and which labels name the resource; without it the preset \`kafka-gateway\` | at every start |
| \`access.yaml\` | who may see which workspaces | by itself only into a database that never had grants; later by \`chargeback access apply\` |
| \`directory.yaml\` | who owns what | by itself only into an empty database, later with \`chargeback directory apply FILE\` |
| \`rates.yaml\` | rate cards | by itself only into an empty database, later with \`chargeback rates apply FILE\` |
| \`budgets.yaml\` | [budgets](budgets.md) | by itself only into a database that never had a budget, later with \`chargeback budgets apply FILE\` |
`;

/** Of a schema: whether a value must be given, its default, and the limits of a number. */
function describe(schema: z.ZodType): { standard: string; limits: string; meaning: string } {
  const nothing = schema.safeParse(undefined);
  const json = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' });
  const limits = json.type === 'integer' || json.type === 'number' ? ` (${json.minimum} to ${json.maximum})` : '';
  const choices = json.enum ? ` (${json.enum.join(', ')})` : '';
  return {
    standard: nothing.success ? textOf(nothing.data) : '**required**',
    limits: limits + choices,
    meaning: schema.description ?? '',
  };
}

const textOf = (standard: unknown) =>
  typeof standard === 'string' || typeof standard === 'number' ? `\`${standard}\`` : '';

/** The page of all variables: path from the repository's root → content. */
export function configurationPage(): Map<string, string> {
  const rows = Object.entries<z.ZodType>(VARIABLES).map(([name, schema]) => {
    const { standard, limits, meaning } = describe(schema);
    return `| \`${name}\` | ${standard} | ${meaning}${limits} |\n`;
  });
  return new Map([[PATH, `${HEAD}| variable | default | meaning |\n| --- | --- | --- |\n${rows.join('')}${TAIL}`]]);
}
