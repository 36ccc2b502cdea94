// Everything that CI checks, in one command: format, dead code, lint, types, unit tests, end-to-end tests.
// Nx runs what has changed since it last passed and restores the results of the rest. Ends with `N passed, N failed`.
// CI’s jobs run parts of it, for what a change affects: see --help.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readOptions } from './read-options.mjs';

/** Of the whole workspace, in one process each: every file is parsed once, not once per project that imports it. */
const staticTargets = ['lint', 'typecheck', 'dead-code', 'format'];
const groups = ['static', 'unit', 'e2e'];
/** End-to-end suites that measure under load: one of them at a time, before everything else that runs. */
const measuring = ['twin', 'api', 'load-runner', 'planner-app', 'bench'];
/** The others wait, most for Terraform, which takes both cores whenever it starts: two at a time, the longest first. */
const longestFirst = ['aws-emulator', 'pipeline', 'stacks', 'tools'];
const progressEveryMs = 60_000;
const help = `Usage: npm run check [-- [--affected] [--only static|unit|e2e]… [--verbose]]

  --affected  only the projects that a change affects: from NX_BASE to NX_HEAD, or since main
  --only      this group of checks; may be repeated (default: all three)
                static  ${staticTargets.join(', ')}: always the whole workspace
                unit    unit tests; also: npm run test:unit
                e2e     end-to-end tests
  --verbose   show what each check prints, also when it passes
  --help      show this
  --version   show the version

Static checks and unit tests run first, side by side; then the end-to-end suites: what measures under load one at a
time, then the others. What failed is said once more at the end.
Where CI=true a skipped test counts as failed: every tool is to be there.
Exit codes: 0 all passed, 1 something failed, 2 refused.
`;
const { affected, only, verbose } = readOptions({
  command: 'check',
  options: {
    affected: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: groups, choices: groups },
    verbose: { type: 'boolean', default: false },
  },
  help,
});
const resultsFolder = join('dist', 'test-results');
const inCi = process.env.CI === 'true';
const children = new Set();
const running = new Set();
const times = [];
/** What failed, with the beginning of why: the end of a long log is what is read. */
const failures = [];
const startedMs = Date.now();
let passed = 0;
let failed = 0;

for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    for (const child of children) child.kill(signal);
    process.exit(1);
  });
const progress = setInterval(() => {
  console.log(`${elapsed(startedMs)}  still running: ${[...running].join(', ')}`);
}, progressEveryMs);

// Results that no longer belong to a project would be counted; Nx restores the ones that do.
rmSync(resultsFolder, { recursive: true, force: true });

for (const project of withoutTarget()) {
  console.log(`${project} has end-to-end suites, and no e2e target in its package.json that runs them`);
  failed += 1;
}
await inLanes(2, [
  ...(only.includes('unit')
    ? [{ name: 'unit tests', nx: [affected ? 'affected' : 'run-many', '-t', 'test'], results: '.unit.json' }]
    : []),
  ...(only.includes('static')
    ? staticTargets.map((target) => ({ name: target, nx: ['run', `tideline:${target}`] }))
    : []),
]);
if (only.includes('e2e') && (await run({ name: 'bundles', nx: ['run-many', '-t', 'build'] }))) {
  const jobs = (await e2eProjects()).map((project) => ({
    project: shortName(project),
    name: `${shortName(project)} e2e`,
    // The bundles are there: building them again would replace those that other suites run.
    nx: ['run', `${project}:e2e`, '--exclude-task-dependencies'],
    results: `${project}.e2e.json`,
  }));
  const first = jobs.filter(({ project }) => measuring.includes(project));
  const beside = jobs.filter(({ project }) => !measuring.includes(project));
  // One after the other: Terraform takes enough of two cores to change what is measured, also at low priority.
  await inLanes(1, inOrder(first, measuring));
  await inLanes(2, inOrder(beside, longestFirst));
}
clearInterval(progress);

if (failures.length > 0) console.log(`\nfailed:\n${failures.join('\n')}`);
console.log(`\n${'wall time'.padStart(9)}  what`);
for (const { name, ms } of times.sort((left, right) => right.ms - left.ms))
  console.log(`${seconds(ms).padStart(9)}  ${name}`);
console.log(`${elapsed(startedMs).padStart(9)}  all\n\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** Runs the jobs in order, so many at a time. */
async function inLanes(lanes, jobs) {
  const waiting = [...jobs];
  const lane = async () => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await run(job);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** Runs one job, and counts its tests, or the job itself where it has none. @returns whether it succeeded */
async function run({ name, nx, results: suffix }) {
  console.log(`started  ${name}`);
  running.add(name);
  const beganMs = Date.now();
  const { code, output } = await nxCommand([...nx, '--output-style=static', '--nxBail=false']);
  running.delete(name);
  times.push({ name, ms: Date.now() - beganMs });

  const failedBefore = failed;
  const skipped = [];
  if (suffix === undefined) passed += code === 0 ? 1 : 0;
  else
    for (const suite of results(suffix)) {
      if (suffix === '.unit.json') times.push({ name: `  of these ${suite.project}`, ms: testedMs(suite) });
      passed += suite.numPassedTests;
      failed += suite.numFailedTests + suite.numRuntimeErrorTestSuites;
      failures.push(...failedTests(suite));
      skipped.push(...skippedTests(suite));
    }
  // A runner that died before it wrote its results has failed as well.
  if (code !== 0 && failed === failedBefore) {
    failed += 1;
    failures.push(`  ${name}`);
  }
  // A suite that lacks a tool names itself after it; in CI every tool is there, so a skip is a failure.
  if (inCi) {
    failed += skipped.length;
    failures.push(...skipped.map((title) => `  ${name}: skipped: ${title}`));
  }

  if (code !== 0 || verbose) console.log(output.trimEnd());
  for (const title of skipped) console.log(`SKIPPED ${title}`);
  console.log(`${failed === failedBefore ? 'passed' : 'FAILED'}   ${name} in ${elapsed(beganMs)}`);
  return code === 0;
}

function nxCommand(args) {
  return new Promise((resolve) => {
    const child = spawn(join('node_modules', '.bin', 'nx'), args, {
      env: {
        // Terraform decodes a schema of 5 MB for each command: without collecting garbage, a third of its CPU time is saved.
        ...{ GOGC: 'off', GOMEMLIMIT: '1500MiB' },
        ...process.env,
        // Nx’s own plugins are the only ones here: a process for each takes longer than it saves.
        ...{ NX_DAEMON: 'false', NX_ISOLATE_PLUGINS: 'false' },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    children.add(child);
    let output = '';
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      printed += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('error', (error) => (output += `${error.message}\n`));
    child.once('close', (code) => {
      children.delete(child);
      resolve({ code, output, printed });
    });
  });
}

async function e2eProjects() {
  const { code, output, printed } = await nxCommand([
    ...['show', 'projects', '--with-target', 'e2e', '--json'],
    ...(affected ? ['--affected'] : []),
  ]);
  if (code !== 0) {
    console.log(output);
    failed += 1;
    return [];
  }
  return JSON.parse(printed);
}

/** As the names are listed; jobs of other projects come last. */
function inOrder(jobs, names) {
  const rank = ({ project }) => (names.includes(project) ? names.indexOf(project) : names.length);
  return [...jobs].sort((left, right) => rank(left) - rank(right));
}

function shortName(project) {
  return project.replace('@tideline/', '');
}

/** Suites that no target runs would never fail. */
function withoutTarget() {
  const projects = [
    ...['stacks', 'tools'],
    ...['apps', 'libs'].flatMap((root) => readdirSync(root).map((name) => join(root, name))),
  ];
  return projects.filter((project) => {
    if (!existsSync(join(project, 'jest.e2e.config.mjs'))) return false;
    const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
    return manifest.nx?.targets?.e2e === undefined;
  });
}

function results(suffix) {
  if (!existsSync(resultsFolder)) return [];
  return readdirSync(resultsFolder, { recursive: true })
    .filter((path) => path.endsWith(suffix))
    .map((path) => ({
      project: shortName(path).replace(/\.(unit|e2e)\.json$/, ''),
      ...JSON.parse(readFileSync(join(resultsFolder, path), 'utf8')),
    }));
}

/** Wall time of the tests of one project, when they ran. */
function testedMs({ startTime, testResults }) {
  return Math.max(startTime, ...testResults.map(({ endTime }) => endTime)) - startTime;
}

function skippedTests({ testResults }) {
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'pending' || status === 'todo')
    .map(({ fullName }) => fullName);
}

/** `project: test` of each that failed, and the first lines of its first message. */
function failedTests({ project, testResults }) {
  const escapes = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');
  const reason = (message) =>
    (message ?? '').replace(escapes, '').trim().split('\n').slice(0, 12).join('\n    ');
  return testResults.flatMap(({ name, status, message, assertionResults = [] }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed');
    // A suite that could not run has no tests.
    if (tests.length === 0 && status === 'failed') return [`  ${project}: ${name}\n    ${reason(message)}`];
    return tests.map((test) => `  ${project}: ${test.fullName}\n    ${reason(test.failureMessages?.[0])}`);
  });
}

function elapsed(sinceMs) {
  return seconds(Date.now() - sinceMs);
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(0)} s`;
}
