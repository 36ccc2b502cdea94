// Everything that CI checks, in one command: format, dead code, lint, types, unit tests, end-to-end tests.
// Nx runs what has changed since it last passed and restores the results of the rest. Ends with `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const staticTargets = ['format', 'dead-code', 'lint', 'typecheck'];
const testTargets = ['test', 'e2e'];
const resultsFolder = join('dist', 'test-results');
const inCi = process.env.CI === 'true';

// Results that no longer belong to a project would be counted; Nx restores the ones that do.
rmSync(resultsFolder, { recursive: true, force: true });

let passed = 0;
let failed = 0;

for (const project of withoutTarget()) {
  console.log(`${project} has end-to-end suites, and no e2e target in its package.json that runs them`);
  failed += 1;
}
for (const target of staticTargets) {
  if (runTarget(target)) passed += 1;
  else failed += 1;
}
for (const target of testTargets) {
  const before = failed;
  const succeeded = runTarget(target);
  const file = target === 'test' ? '.unit.json' : '.e2e.json';
  for (const suite of results(file)) {
    passed += suite.numPassedTests;
    failed += suite.numFailedTests + suite.numRuntimeErrorTestSuites;
    reportSkipped(suite);
  }
  // A runner that died before it wrote its results has failed as well.
  if (!succeeded && failed === before) failed += 1;
}

console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function runTarget(target) {
  console.log(`\n== ${target}`);
  const { status } = spawnSync(
    'npx',
    ['nx', 'run-many', '-t', target, '--output-style=static', '--nxBail=false'],
    {
      stdio: 'inherit',
      shell: process.platform === 'win32',
    },
  );
  return status === 0;
}

/** Suites that no target runs would never fail. */
function withoutTarget() {
  const projects = [
    'stacks',
    ...['apps', 'libs'].flatMap((root) => readdirSync(root).map((name) => join(root, name))),
  ];
  return projects.filter((project) => {
    if (!existsSync(join(project, 'jest.e2e.config.mjs'))) return false;
    const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
    return manifest.nx?.targets?.e2e === undefined;
  });
}

function results(file) {
  if (!existsSync(resultsFolder)) return [];
  return readdirSync(resultsFolder, { recursive: true })
    .filter((path) => path.endsWith(file))
    .map((path) => JSON.parse(readFileSync(join(resultsFolder, path), 'utf8')));
}

/** A suite that lacks a tool names itself after it; in CI every tool is there, so a skip is a failure. */
function reportSkipped(suite) {
  const skipped = suite.testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'pending' || status === 'todo'),
  );
  for (const { fullName } of skipped) console.log(`SKIPPED ${fullName}`);
  if (inCi) failed += skipped.length;
}
