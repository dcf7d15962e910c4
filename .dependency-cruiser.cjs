/*
 * Who may import whom. Tests, and what only tests, benchmarks and journeys use (src/testing, e2e, bench, scripts), may
 * import anything; nothing of the product may import them.
 */
const TESTS = ['\\.test\\.tsx?$', '^src/testing/', '/testing/', '^e2e/', '^bench/', '^scripts/'];
const product = (path) => ({ path, pathNot: TESTS });
const inCollector = (...folders) => `^src/collector/(${folders.join('|')})/`;

/** `part` of src may import these folders of src, itself included, and no other. */
const only = (part, ...allowed) => ({
  name: `${part}-imports-only-${allowed.length > 0 ? allowed.join('-and-') : 'itself'}`,
  comment: 'The layers: domain ← api ← collector, plugin, dashboards, simulator; these four never import each other.',
  severity: 'error',
  from: product(`^src/${part}/`),
  to: { path: '^(src|e2e|bench|scripts|bin)/', pathNot: `^src/(${[part, ...allowed].join('|')})/` },
});

/** Inside the collector, data flows from the ways in to the ways out; what lies earlier does not know what lies later. */
const never = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { ...product(from.path), ...(from.pathNot && { pathNot: [...TESTS, from.pathNot] }) },
  to,
});

module.exports = {
  forbidden: [
    only('domain'),
    only('api', 'domain'),
    only('collector', 'api', 'domain'),
    only('plugin', 'api', 'domain'),
    only('dashboards', 'api', 'domain'),
    only('simulator', 'api', 'domain'),
    {
      name: 'domain-imports-decimal-and-time-only',
      comment:
        'domain is words and arithmetic: a decimal and a time library, nothing of Node and nothing that does I/O.',
      severity: 'error',
      from: product('^src/domain/'),
      to: { pathNot: ['^src/domain/', '^node_modules/(decimal\\.js|luxon|@types/luxon)/'] },
    },
    {
      name: 'api-imports-zod-only',
      comment: 'The schemas are loaded by the plugin, too: nothing that only runs on Node, nothing heavy.',
      severity: 'error',
      from: product('^src/api/'),
      to: { pathNot: ['^src/(api|domain)/', '^node_modules/zod/'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    never(
      'ledger-side-knows-no-way-out',
      'Metering, billing, rating and the ledger do not know who asks: no HTTP, CLI, export or job.',
      { path: inCollector('metering', 'billing', 'directory', 'rating', 'allocation', 'ledger', 'budgets', 'db') },
      { path: inCollector('http', 'cli', 'export', 'jobs') },
    ),
    never(
      'export-and-jobs-know-no-server',
      'A format and a job serve HTTP and CLI alike, hence know neither.',
      { path: inCollector('export', 'jobs') },
      { path: inCollector('http', 'cli') },
    ),
    never(
      'http-knows-no-cli',
      'The server is started by the CLI, not the other way round.',
      { path: inCollector('http') },
      { path: inCollector('cli') },
    ),
    never(
      'only-main-and-cli-start-the-server',
      'Nothing inside the collector calls itself over its own HTTP layer.',
      { path: '^src/collector/', pathNot: '^src/collector/(http|cli)/|^src/collector/main\\.ts$' },
      { path: inCollector('http', 'cli') },
    ),
    never(
      'config-and-errors-stand-alone',
      'What every folder imports imports no folder of the collector.',
      { path: '^src/collector/(config|notification-variables|errors|yaml-file|version)\\.ts$' },
      { path: '^src/collector/[^/]+/' },
    ),
    never(
      'db-is-a-pool-and-migrations',
      'A query lives in the folder of what it is about, not in db.',
      { path: inCollector('db') },
      { path: inCollector('metering', 'billing', 'directory', 'rating', 'allocation', 'ledger', 'budgets') },
    ),
    {
      name: 'not-to-unresolvable',
      comment: 'A module that cannot be found: a wrong path, or a package that is not in package.json.',
      severity: 'error',
      from: {},
      // preview-plugin-page is a file of Grafana's runtime that the preview's bundler puts in.
      to: { couldNotResolve: true, pathNot: '^preview-plugin-page$' },
    },
    {
      name: 'product-needs-no-dev-dependency',
      comment: 'What the collector and the simulator import at run time must be installed with npm ci --omit=dev.',
      severity: 'error',
      from: product('^src/(domain|api|collector|simulator)/'),
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^node_modules/@types/' },
    },
    {
      name: 'packages-are-declared',
      comment: 'A package that is only there because another one needs it may be gone after the next install.',
      severity: 'error',
      from: product('^src/'),
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist', '^\\.chargeback/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts', '.d.mts'],
    },
    moduleSystems: ['es6', 'cjs', 'tsd'],
  },
};
