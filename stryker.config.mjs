// `npm run mutation`: changes one operator, literal or branch at a time in the code that decides and judges, and asks whether a
// unit test fails. Apart from `npm test`: it takes hours. A part of it: `npm run mutation -- --mutate libs/scaling/src/alarms/alarm.ts`.
export default {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: { projectType: 'custom', configFile: 'jest.mutation.config.mjs', enableFindRelatedTests: true },
  coverageAnalysis: 'perTest',
  mutate: ['libs/{scaling,evidence}/src/**/*.ts', '!**/*.test.ts', '!**/testing/**', '!**/index.ts'],
  ignorePatterns: ['dist', 'cdktf.out', 'reports', 'docs'],
  reporters: ['progress', 'clear-text', 'html', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: 'dist/mutation/report.html' },
  jsonReporter: { fileName: 'dist/mutation/report.json' },
  tempDirName: 'dist/mutation/sandbox',
  incremental: true,
  incrementalFile: 'dist/mutation/incremental.json',
  thresholds: { high: 95, low: 90, break: 90 },
};
