// Everything that CI checks, in one command: format, dead code, lint, types, unit tests, end-to-end tests.
// Nx runs what has changed since it last passed and restores the results of the rest. Ends with `N passed, N failed`.
// CI’s jobs run parts of it, for what a change affects; --help tells how.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readOptions } from './read-options.mjs';

const groups = {
  static: ['format', 'dead-code', 'lint', 'typecheck'],
  unit: ['test'],
  e2e: ['e2e'],
};
const help = `Usage: npm run check [-- [--affected] [--only static|unit|e2e]…]

  --affected  only the projects that a change affects: from NX_BASE to NX_HEAD, or since main
  --only      this group of checks; may be repeated (default: all three)
                static  ${groups.static.join(', ')}
                unit    unit tests
                e2e     end-to-end tests
  --help      show this

Where CI=true a skipped test counts as failed: every tool is to be there.
Exit codes: 0 all passed, 1 something failed, 2 refused.
`;
const names = Object.keys(groups);
const { affected, only } = readOptions({
  command: 'check',
  options: {
    affected: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: names },
  },
  help,
  problem: ({ only: wanted }) => {
    const unknown = wanted.find((name) => !names.includes(name));
    return unknown === undefined ? undefined : `--only: got "${unknown}"; allowed: ${names.join(', ')}`;
  },
});
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
for (const target of targetsOf('static')) {
  if (runTarget(target)) passed += 1;
  else failed += 1;
}
for (const target of [...targetsOf('unit'), ...targetsOf('e2e')]) {
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
    ['nx', affected ? 'affected' : 'run-many', '-t', target, '--output-style=static', '--nxBail=false'],
    {
      stdio: 'inherit',
      shell: process.platform === 'win32',
    },
  );
  return status === 0;
}

function targetsOf(group) {
  return only.includes(group) ? groups[group] : [];
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
