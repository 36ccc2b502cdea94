// Everything that CI checks, in one command: format, dead code, lint, types, unit tests, end-to-end tests.
// Nx runs what has changed since it last passed and restores the results of the rest. Ends with `N passed, N failed`.
// CI’s jobs run parts of it, for what a change affects: see --help.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failedTests, forgetResults, results, shortName, skippedTests, testedMs } from './jest-results.mjs';
import { readOptions } from './read-options.mjs';

/** Of the whole workspace, in one process each: every file is parsed once, not once per project that imports it. */
const staticTargets = ['lint', 'typecheck', 'dead-code', 'format'];
const groups = ['static', 'unit', 'e2e'];
/**
 * Suites that judge rates and CPU time under load, and use half a core for it. They run one at a time; beside them
 * runs at the lowest priority what uses a core at most: unlike Terraform, it leaves them what they ask for.
 */
const measuring = ['twin measured'];
/** Suites that compare speeds: they run when nothing else does. */
const alone = ['bench e2e'];
/** The others wait, most for Terraform or for the cloud’s clock: three at a time, the longest first. */
const longestFirst = [
  'aws-emulator e2e',
  'pipeline e2e',
  'unit tests',
  'twin e2e',
  'planner-app e2e',
  'api e2e',
  'load-runner e2e',
  'tools e2e',
  'stacks e2e',
];
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

The end-to-end suites that measure under load run first, with unit tests and static checks at the lowest priority beside
them; then the other suites, side by side; last, alone, what compares speeds. What failed is said once more at the end.
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
const inCi = process.env.CI === 'true';
const children = new Set();
const running = new Set();
const times = [];
/** What failed, with the beginning of why: the end of a long log is what is read. */
const failures = [];
const startedMs = Date.now();
let passed = 0;
let failed = 0;
let countedCpuMs = 0;

for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    for (const child of children) child.kill(signal);
    process.exit(1);
  });
const progress = setInterval(() => {
  console.log(`${elapsed(startedMs)}  still running: ${[...running].join(', ')}`);
}, progressEveryMs);

// Results that no longer belong to a project would be counted; Nx restores the ones that do.
forgetResults();

for (const { folder, target } of withoutTarget()) {
  console.log(`${folder} has end-to-end suites, and no ${target} target in its package.json that runs them`);
  failed += 1;
}
const patient = [
  ...(only.includes('unit')
    ? [{ name: 'unit tests', nx: [affected ? 'affected' : 'run-many', '-t', 'test'], results: '.unit.json' }]
    : []),
  ...(only.includes('static')
    ? staticTargets.map((target) => ({ name: target, nx: ['run', `tideline:${target}`] }))
    : []),
];
let suites = [];
const named = (names) => suites.filter(({ name }) => names.includes(name));

if (only.includes('e2e')) {
  const measures = (async () => {
    if (await run({ name: 'bundles', nx: ['run-many', '-t', 'build'] })) suites = await endToEnd();
    await inLanes(1, named(measuring));
  })();
  await inLanes(2, patient, { patient: true, until: measures });
  await measures;
}
const others = suites.filter(({ name }) => ![...measuring, ...alone].includes(name));
await inLanes(3, inOrder([...others, ...patient], longestFirst));
await inLanes(1, named(alone));
clearInterval(progress);

if (failures.length > 0) console.log(`\nfailed:\n${failures.join('\n')}`);
console.log(`\n${'wall time'.padStart(9)} ${'CPU time'.padStart(9)}  what`);
const line = (wall, cpu, what) => console.log(`${wall.padStart(9)} ${cpu.padStart(9)}  ${what}`);
for (const { name, ms, cpuMs } of times.sort((left, right) => right.ms - left.ms))
  line(seconds(ms), cpuMs === undefined ? '' : seconds(cpuMs), name);
const allCpuMs = times.reduce((sum, { cpuMs = 0 }) => sum + cpuMs, 0);
line(elapsed(startedMs), seconds(allCpuMs), 'all');
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/**
 * Takes the jobs from the list in order, so many at a time.
 * @param patient whether everything else goes before them @param until no job is taken once this has settled
 */
async function inLanes(lanes, jobs, { patient = false, until = new Promise(() => undefined) } = {}) {
  let going = true;
  void until.then(() => (going = false));
  const lane = async () => {
    while (going && jobs.length > 0) await run({ ...jobs.shift(), patient });
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** Runs one job, and counts its tests, or the job itself where it has none. @returns whether it succeeded */
async function run({ name, nx, results: suffix, patient }) {
  console.log(`started  ${name}`);
  running.add(name);
  const beganMs = Date.now();
  const { code, output, cpuMs } = await nxCommand([...nx, '--output-style=static', '--nxBail=false'], {
    patient,
  });
  running.delete(name);
  times.push({ name, ms: Date.now() - beganMs, cpuMs });

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

/** @param patient whether everything else goes before it; nothing does on Windows */
function nxCommand(args, { patient = false } = {}) {
  const onWindows = process.platform === 'win32';
  const command = [
    ...(patient && !onWindows ? ['nice', '-n', '19'] : []),
    join('node_modules', '.bin', 'nx'),
    ...args,
  ];
  return new Promise((resolve) => {
    const child = spawn(command[0], command.slice(1), {
      env: {
        // Terraform decodes a schema of 5 MB for each command: without collecting garbage, a third of its CPU time is saved.
        ...{ GOGC: 'off', GOMEMLIMIT: '1500MiB' },
        ...process.env,
        // Nx’s own plugins are the only ones here: a process for each takes longer than it saves.
        ...{ NX_DAEMON: 'false', NX_ISOLATE_PLUGINS: 'false' },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: onWindows,
    });
    children.add(child);
    let output = '';
    let printed = '';
    let cpuMs;
    child.once('exit', () => (cpuMs = endedCpuMs()));
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      printed += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('error', (error) => (output += `${error.message}\n`));
    child.once('close', (code) => {
      children.delete(child);
      resolve({ code, output, printed, cpuMs });
    });
  });
}

/**
 * CPU time of the children that have ended since this was last asked, and of all that they waited for: to be asked as soon
 * as a child has ended. What ran in a session of its own and was not waited for is not in it.
 * @returns undefined where the system does not say
 */
function endedCpuMs() {
  if (process.platform !== 'linux') return undefined;
  // proc(5): cutime and cstime, in ticks of 10 ms; the fields follow the name, which may contain spaces.
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  const totalMs = (Number(fields[13]) + Number(fields[14])) * 10;
  const sinceMs = totalMs - countedCpuMs;
  countedCpuMs = totalMs;
  return sinceMs;
}

/** The jobs of end-to-end suites, of every project or of those that a change affects. */
async function endToEnd() {
  const { code, output, printed } = await nxCommand([
    ...['show', 'projects', '--with-target', 'e2e', '--json'],
    ...(affected ? ['--affected'] : []),
  ]);
  if (code !== 0) {
    console.log(output);
    failed += 1;
    return [];
  }
  const withMeasured = manifests().flatMap(({ manifest }) =>
    manifest.nx?.targets?.measured === undefined ? [] : [manifest.name],
  );
  const projects = JSON.parse(printed);
  const job = (target) => (project) => ({
    name: `${shortName(project)} ${target}`,
    // The bundles are there: building them again would replace those that other suites run.
    nx: ['run', `${project}:${target}`, '--exclude-task-dependencies'],
    results: `${project}.${target}.json`,
  });
  return [
    ...projects.map(job('e2e')),
    ...projects.filter((project) => withMeasured.includes(project)).map(job('measured')),
  ];
}

/** As the names are listed; jobs of other projects come last. */
function inOrder(jobs, names) {
  const rank = ({ name }) => (names.includes(name) ? names.indexOf(name) : names.length);
  return [...jobs].sort((left, right) => rank(left) - rank(right));
}

/** Suites that no target runs would never fail. */
function withoutTarget() {
  return manifests().flatMap(({ folder, manifest }) =>
    ['e2e', 'measured']
      .filter((target) => existsSync(join(folder, `jest.${target}.config.mjs`)))
      .filter((target) => manifest.nx?.targets?.[target] === undefined)
      .map((target) => ({ folder, target })),
  );
}

/** What package.json says, of every project that has one. */
function manifests() {
  return [
    ...['stacks', 'tools'],
    ...['apps', 'libs'].flatMap((root) => readdirSync(root).map((name) => join(root, name))),
  ]
    .map((folder) => ({ folder, file: join(folder, 'package.json') }))
    .filter(({ file }) => existsSync(file))
    .map(({ folder, file }) => ({ folder, manifest: JSON.parse(readFileSync(file, 'utf8')) }));
}

function elapsed(sinceMs) {
  return seconds(Date.now() - sinceMs);
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(0)} s`;
}
