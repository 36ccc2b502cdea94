// `npm run mutation`: changes one operator, literal or branch at a time in the code that decides and judges, and asks whether a
// unit test fails. A part of it: `npm run mutation -- --mutate libs/scaling/src/alarms/alarm.ts`.
export default {
  plugins: ['./tools/mutation/in-process-runner.mjs'],
  testRunner: 'in-process',
  // A mutant that fills the memory ends its process, not the machine.
  testRunnerNodeArgs: ['--max-old-space-size=1024'],
  ignorers: ['described-fields'],
  coverageAnalysis: 'perTest',
  mutate: ['libs/{scaling,evidence}/src/**/*.ts', '!**/*.test.ts', '!**/testing/**', '!**/index.ts'],
  ignorePatterns: ['dist', 'cdktf.out', 'reports', 'docs', 'apps', 'stacks', '.nx'],
  concurrency: 1,
  // Loops without end are found by counting; this is wall time, and a busy machine must not pass a mutant for found.
  timeoutMS: 30_000,
  reporters: ['progress', 'clear-text', 'html', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: 'dist/mutation/report.html' },
  jsonReporter: { fileName: 'dist/mutation/report.json' },
  tempDirName: 'dist/mutation/sandbox',
  // A sample says nothing about the others.
  incremental: process.env.TIDELINE_MUTATION_SAMPLE === undefined,
  incrementalFile: 'dist/mutation/incremental.json',
  thresholds: { high: 95, low: 90, break: 90 },
};
