import js from '@eslint/js';
import grafana from '@grafana/eslint-config/flat.js';
import tsPlugin from '@typescript-eslint/eslint-plugin';
import tsParser from '@typescript-eslint/parser';
import globals from 'globals';

const TYPESCRIPT = ['**/*.ts', '**/*.tsx'];
const SCRIPTS = ['**/*.mjs', '**/*.js', '**/*.cjs'];
const TESTS = ['**/*.test.ts', '**/*.test.tsx', 'src/testing/**', 'src/plugin/testing/**', 'e2e/**', 'bench/**'];

/** The rules that need types read them from the two projects that `npm run typecheck` checks. */
const typed = {
  files: TYPESCRIPT,
  languageOptions: {
    parser: tsParser,
    parserOptions: { project: ['./tsconfig.json', './tsconfig.collector.json'], tsconfigRootDir: import.meta.dirname },
  },
};

const UNUSED = { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true };

/** Only the rules of a preset of typescript-eslint, which is a list of objects. */
const rulesOf = (preset) => Object.assign({}, ...tsPlugin.configs[preset].map(({ rules }) => rules));

export default [
  {
    name: 'what others make',
    ignores: [
      'dist/',
      'dist-client/',
      'dist-collector/',
      'dist-host/',
      '.chargeback/',
      'coverage/',
      'test-results/',
      'playwright-report/',
      'e2e/.auth/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  ...grafana,
  {
    name: 'everything',
    settings: { react: { version: '18.3' } },
    rules: {
      // The automatic runtime needs no React in scope; TypeScript checks the props.
      'react/react-in-jsx-scope': 'off',
      'react/prop-types': 'off',
      // `const Row` and `type Row` of one name are one thing in TypeScript, and tsc refuses what is really doubled.
      'no-redeclare': 'off',
      // ESLint's own rule takes a type import beside a value import for a double.
      'no-duplicate-imports': 'off',
      'prefer-const': ['error', { ignoreReadBeforeAssign: true }],
      'object-shorthand': 'error',
    },
  },
  {
    name: 'Node scripts',
    files: SCRIPTS,
    languageOptions: { ecmaVersion: 2024, sourceType: 'module', globals: globals.node },
    rules: { ...js.configs.recommended.rules, 'no-unused-vars': ['error', UNUSED] },
  },
  { name: 'CommonJS', files: ['**/*.cjs', '*.js'], languageOptions: { sourceType: 'commonjs' } },
  {
    ...typed,
    name: 'TypeScript',
    rules: {
      ...rulesOf('flat/recommended-type-checked'),
      '@typescript-eslint/no-unused-vars': ['error', UNUSED],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unnecessary-condition': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // A Fastify plugin or hook is async by its shape, with or without an await.
      '@typescript-eslint/require-await': 'off',
      // Interfaces here are written with method syntax; their objects are closures, which need no `this`.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    name: 'tests look at what comes from outside as it is',
    files: TESTS,
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  {
    name: 'the journeys and the preview of Grafana',
    files: ['e2e/**'],
    rules: {
      // Playwright hands a fixture to its test with a function named use.
      'react-hooks/rules-of-hooks': 'off',
      // Grafana's backendSrv throws answers, not errors.
      '@typescript-eslint/only-throw-error': 'off',
    },
  },
];
