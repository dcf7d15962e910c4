/** The Grafana app's components, in a document without a browser. Libraries that are ES modules only are transformed, too. */
module.exports = {
  displayName: 'plugin',
  testEnvironment: 'jsdom',
  roots: ['<rootDir>/src/plugin'],
  testMatch: ['**/*.test.ts', '**/*.test.tsx'],
  setupFiles: ['<rootDir>/src/plugin/testing/jsdom-stubs.ts'],
  setupFilesAfterEnv: ['@testing-library/jest-dom'],
  transform: {
    '^.+\\.m?[tj]sx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(@grafana/schema|@wojtekmaj/date-utils|d3|d3-.*|delaunator|robust-predicates|internmap|get-user-locale|marked|memoize|mimic-function|ol|react-calendar|react-colorful|uuid)/)',
  ],
  moduleNameMapper: {
    '\\.(css|scss|svg)$': '<rootDir>/src/plugin/testing/empty-module.ts',
    '^react-inlinesvg$': '<rootDir>/src/plugin/testing/inline-svg.tsx',
  },
};
