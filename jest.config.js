const swc = (jsx) => [
  '@swc/jest',
  {
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', tsx: jsx, decorators: false },
      transform: { react: { runtime: 'automatic' } },
    },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  },
];

/** Everything but the plugin runs as ES modules on Node (its libraries are ESM-only), against a real PostgreSQL. */
const node = {
  displayName: 'node',
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/bench'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/src/plugin/'],
  testMatch: ['**/*.(test|property.test|scenario.test).ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': swc(false) },
  globalSetup: '<rootDir>/src/testing/jest-global-setup.mjs',
  globalTeardown: '<rootDir>/src/testing/jest-global-teardown.mjs',
};

const plugin = require('node:fs').existsSync(`${__dirname}/jest.plugin.config.js`)
  ? [require('./jest.plugin.config.js')]
  : [];

module.exports = { projects: [node, ...plugin], testTimeout: 120_000 };
