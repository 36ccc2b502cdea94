// A test runner for Stryker: the tests of all mutants in one process. Jest builds its map of the files, a VM context and
// every module of every test file anew for each mutant, which takes seconds; the tests themselves take milliseconds.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { bundleTests } from './bundle-tests.mjs';
import { collectTests } from './collect-tests.mjs';

/** Tests of hundreds of simulations each, a quarter of the time of all: what they notice, shorter ones notice too. */
const leftOut = ['the published benchmark of 60 s and 20 s metrics'];

/** The mutant that is active, and how often instrumented code has asked for it: at each operator, literal and branch. */
const active = { id: undefined, asked: 0, askedAtMost: Infinity };

/** What instrumented code looks at; it adds which test covers which mutant. */
const instrumentation = (globalThis.__stryker__ = {
  get activeMutant() {
    active.asked += 1;
    if (active.asked > active.askedAtMost) throw new Error('this may be a loop without end');
    return active.id;
  },
});

/** What a test may ask more often than without a mutant before it counts as a loop without end; its inputs are the same. */
const askedAtMost = (asked) => 10 * asked + 1_000_000;

class InProcessRunner {
  #bundle;
  /** Every test by its id, in code that stays loaded: the second run of a loop is compiled, and twice as fast. */
  #loaded;
  /** How often each test asks for the active mutant, by its id, from the run without one: the shortest test goes first. */
  #asked = new Map();

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    this.#bundle = await bundleTests(process.cwd());
  }

  async dryRun() {
    instrumentation.mutantCoverage = { static: {}, perTest: {} };
    const results = [];
    for (const { id, file, titles, run } of this.#declare()) {
      instrumentation.currentTestId = id;
      active.asked = 0;
      const startedMs = performance.now();
      const failureMessage = await failureOf(run);
      const timeSpentMs = performance.now() - startedMs;
      instrumentation.currentTestId = undefined;
      this.#asked.set(id, active.asked);
      results.push({
        id,
        name: titles.join(' '),
        timeSpentMs,
        fileName: join(process.cwd(), file),
        startPosition: positionOf(file, titles.at(-1)),
        ...(failureMessage === undefined ? { status: 0 } : { status: 1, failureMessage }),
      });
    }
    return { status: 'complete', tests: results, mutantCoverage: instrumentation.mutantCoverage };
  }

  async mutantRun({ activeMutant, sandboxFileName, testFilter, reloadEnvironment }) {
    if (!isSampled(activeMutant)) return { status: 'error', errorMessage: 'not in the sample' };
    active.id = undefined;
    // A process that was started anew, after one that hung, has not run without a mutant.
    if (this.#asked.size === 0) await this.dryRun();
    this.#loaded ??= new Map(this.#declare().map((test) => [test.id, test]));
    active.id = activeMutant.id;
    const ids = testFilter ?? this.#idsIn(this.#bundle.importersOf(sandboxFileName));
    return this.#judge(ids, reloadEnvironment);
  }

  /** Of code that runs while it is loaded Stryker does not know which tests need it. */
  #idsIn(files) {
    return [...this.#loaded.values()].flatMap(({ id, file }) => (files.includes(file) ? [id] : []));
  }

  /** Runs tests in the code that is loaded, or in code that is loaded anew under the mutant. */
  async #judge(ids, reloads) {
    if (!reloads) {
      const verdict = await this.#run(ids.map((id) => this.#loaded.get(id)));
      if (verdict.status !== 'killed') return verdict;
      // It may have failed by what an earlier mutant left behind in a variable of a module: only a fresh one proves it.
      if ((await this.#judge(verdict.killedBy, true)).status !== 'survived') return verdict;
      this.#loaded = undefined;
    }
    try {
      return await this.#run(this.#declare(ids));
    } catch (error) {
      // A test file that cannot be loaded is one of which every test fails.
      return { status: 'killed', killedBy: ids, failureMessage: String(error), nrOfTests: 0 };
    }
  }

  async #run(tests) {
    const asked = ({ id }) => this.#asked.get(id) ?? 0;
    let nrOfTests = 0;
    for (const test of tests.toSorted((one, other) => asked(one) - asked(other))) {
      nrOfTests += 1;
      Object.assign(active, { asked: 0, askedAtMost: askedAtMost(asked(test)) });
      const failureMessage = await failureOf(test.run);
      const isEndless = active.asked > active.askedAtMost;
      active.askedAtMost = Infinity;
      if (isEndless) return { status: 'timeout', reason: failureMessage };
      if (failureMessage !== undefined)
        return { status: 'killed', killedBy: [test.id], failureMessage, nrOfTests };
    }
    return { status: 'survived', nrOfTests };
  }

  /** Evaluates the test files anew, or those of some tests, and returns these. */
  #declare(ids) {
    const wanted = ids && new Set(ids);
    const wantedFiles = ids && new Set(ids.map(fileOf));
    const { tests, globals } = collectTests();
    const found = [];
    for (const [file, evaluate] of Object.entries(this.#bundle.load(globals))) {
      if (wantedFiles?.has(file) === false) continue;
      evaluate();
      for (const test of tests.splice(0)) {
        const id = `${file}: ${test.titles.join(' ')}`;
        if (wanted?.has(id) !== false && !leftOut.some((title) => test.titles[0].startsWith(title)))
          found.push({ ...test, id, file });
      }
    }
    return found;
  }
}

/** `TIDELINE_MUTATION_SAMPLE=0.1` judges every tenth mutant or so, always the same; the others count as errors, which no score counts. */
const sampledShare = Number(process.env.TIDELINE_MUTATION_SAMPLE ?? 1);

function isSampled({ id, replacement }) {
  const digest = createHash('sha256').update(`${id} ${replacement}`).digest();
  return digest.readUInt32BE() < sampledShare * 2 ** 32;
}

const fileOf = (id) => id.slice(0, id.indexOf(': '));

async function failureOf(run) {
  try {
    await run();
    return undefined;
  } catch (error) {
    return String(error?.message ?? error);
  }
}

/** Where a test is, for the incremental mode: a test that has changed is run again. Titles of a table are as they are written. */
function positionOf(file, title) {
  const lines = readFileSync(file, 'utf8').split('\n');
  const line = lines.findIndex((text) => text.includes(title));
  return line === -1 ? undefined : { line, column: lines[line].indexOf(title) };
}

/** What a schema says of its fields is text for readers: docs hold it, not tests. */
const describedFields = {
  shouldIgnore: ({ parent: call, node }) =>
    call?.type === 'CallExpression' &&
    call.callee.property?.name === 'describe' &&
    call.arguments.includes(node)
      ? 'a description for readers'
      : undefined,
};

export const strykerPlugins = [
  { kind: 'Ignore', name: 'described-fields', value: describedFields },
  {
    kind: 'TestRunner',
    name: 'in-process',
    factory: Object.assign(() => new InProcessRunner(), { inject: [] }),
  },
];
