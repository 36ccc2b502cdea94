import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

// Jest does not make the folder that --outputFile names (nx.json: test and e2e).
mkdirSync(join(import.meta.dirname, 'dist', 'test-results', '@tideline'), { recursive: true });

/** Import attributes are kept: Node and Jest ask for them where JSON is imported. */
const swc = (jsc) => [
  '@swc/jest',
  {
    jsc: { ...jsc, target: 'es2022', experimental: { keepImportAttributes: true } },
    module: { type: 'es6' },
  },
];

/** Transforms TypeScript with SWC and keeps ES modules as they are. */
const base = (projectRoot) => ({
  rootDir: projectRoot,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.ts$': swc({ parser: { syntax: 'typescript', tsx: false } }),
    '^.+\\.tsx$': swc({
      parser: { syntax: 'typescript', tsx: true },
      transform: { react: { runtime: 'automatic', importSource: 'hono/jsx', development: false } },
    }),
  },
  globalSetup: join(import.meta.dirname, 'jest.temporary-folder.mjs'),
  setupFilesAfterEnv: [join(import.meta.dirname, 'jest.setup.mjs')],
});

/** Suites without processes, ports or wall clock. No test judges how long it took: the timeout ends what hangs. */
export const unit = (projectRoot) => ({
  ...base(projectRoot),
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '\\.e2e\\.test\\.ts$'],
  testTimeout: 30_000,
});

/** Suites that start real processes and listen on ephemeral ports. They mostly wait: two at a time. */
export const e2e = (projectRoot) => ({
  ...base(projectRoot),
  testMatch: ['**/*.e2e.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/test/measured/'],
  testTimeout: 120_000,
  maxWorkers: 2,
});

/** Of a project’s end-to-end suites those that judge rates or CPU time: one at a time, and none beside them. */
export const measured = (projectRoot) => ({
  ...e2e(projectRoot),
  testMatch: ['**/test/measured/**/*.e2e.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
});
