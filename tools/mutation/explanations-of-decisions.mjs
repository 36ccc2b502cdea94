/** Of what decides in `evaluate`, of the simulator, and of what judges: files, and what of them. */
const inFile = (name, matches) => (change) => change.path.endsWith(name) && matches(change);
const onLine = (name, pattern) => inFile(name, ({ line }) => pattern.test(line));
/** On a line, and replaced by just this. */
const byText = (name, pattern, text) =>
  inFile(name, ({ line, replacement }) => pattern.test(line) && replacement === text);
const isText = ({ replacement }) => replacement.includes('Stryker was here');

export default [
  {
    matches: inFile('judge-run.ts', isText),
    reason: 'Equivalent: only faults on purpose are looked at, and the text in the list is none.',
  },
  {
    matches: onLine('elasticity.ts', /gap > 0/),
    reason: 'Equivalent: a gap of 0 does not come here.',
  },
  {
    matches: onLine('movements.ts', /#interval = -1/),
    reason: 'Equivalent: nothing has changed yet when the first interval is closed, whatever its number.',
  },
  {
    matches: inFile(
      'run-elasticity.ts',
      ({ line, original }) => /target !== null/.test(line) && original === 'target !== null',
    ),
    reason: 'The compiler asks for it: null is not above 0 either.',
  },
  {
    matches: onLine('judge-release.ts', /counts\.some/),
    reason: 'Equivalent: stretches that are judged together all have a share between none and all.',
  },
  {
    matches: onLine('scaling-checks.ts', /count !== undefined/),
    reason: 'The compiler asks for it: undefined is not at least anything either.',
  },
  {
    matches: onLine('test-traffic.ts', /path === undefined/),
    reason: 'The compiler asks for it: there are no more answers than requests.',
  },
  {
    matches: inFile(
      'test-traffic.ts',
      ({ line, original, replacement }) =>
        /answer\.kind === 'answer' &&/.test(line) &&
        original === "answer.kind === 'answer'" &&
        replacement === 'true',
    ),
    reason: 'The compiler asks for it: without an answer the status is undefined, which no range contains.',
  },
  {
    matches: onLine('test-traffic.ts', /Promise\.resolve\(\)/),
    reason: 'Equivalent: undefined is awaited as a promise of it is.',
  },
  {
    matches: inFile('measured-models.ts', isText),
    reason: 'Equivalent: the text in the list has no time and no CPU, and periods without them are left out.',
  },
  {
    matches: onLine('measured-models.ts', /const before =/),
    reason: 'Equivalent: where a bucket begins with the period, the one before is not asked for.',
  },
  {
    matches: onLine('measured-models.ts', /- meanRate\) \*/),
    reason:
      'Equivalent: a constant added to one factor of a covariance adds nothing, as the other’s deviations sum to 0.',
  },
  {
    matches: onLine('candidate.ts', /100_000/),
    reason: 'Equivalent: 100,000 is written alike whole and with five digits.',
  },
  {
    matches: onLine('evaluate-alarms.ts', /INSUFFICIENT_DATA'/),
    reason: 'The compiler asks for it: every alarm has a state.',
  },
  {
    matches: onLine('evaluate-alarms.ts', /isBeforeDue = false/),
    reason: 'Equivalent: it is set anew for the first metric.',
  },
  {
    matches: onLine('evaluate-alarms.ts', /isSame/),
    reason: 'A shortcut for speed: whether a metric is due is worked out once for those of one period.',
  },
  {
    matches: onLine('evaluation-time.ts', /isSame/),
    reason: 'A shortcut for speed: metrics of one period are next due at the same time.',
  },
  {
    matches: onLine('evaluate-scaling.ts', /predictive\.length|first\.length/),
    reason: 'A shortcut for speed: without one of them the general case gives the same.',
  },
  {
    matches: onLine('evaluate-scaling.ts', /newsAbove = false/),
    reason: 'A shortcut for speed: without it the same is decided, with more work.',
  },
  {
    matches: onLine('gather-candidates.ts', /wishes\.in\.length/),
    reason: 'A shortcut for speed: a copy of the list holds the same.',
  },
  {
    matches: inFile(
      'scheduled-actions.ts',
      ({ original, replacement }) => original === "'steady'" && replacement === '""',
    ),
    reason: 'Equivalent: only `deploying` and `suspended` are asked for.',
  },
  {
    matches: inFile(
      'scheduled-actions.ts',
      ({ line, ...change }) => isText(change) && /desired: min/.test(line),
    ),
    reason: 'Equivalent: only the bounds are returned, not the decisions.',
  },
  {
    matches: onLine('scheduled-actions.ts', /to < before\.desired/),
    reason: 'Equivalent: where both are equal, nothing is left to do, and the function has returned.',
  },
  {
    matches: onLine('step-scaling.ts', /'silent'/),
    reason: 'Equivalent: a stance that is none of the others says nothing.',
  },
  {
    matches: byText('step-scaling.ts', /const outwards/, 'step.adjustment >= 0'),
    reason: 'Equivalent: a step of 0 that is no exact capacity has been answered before.',
  },
  {
    matches: onLine('step-scaling.ts', /const signed/),
    reason: 'Equivalent: only an exact capacity can be 0 here, and it is written without a sign.',
  },
  {
    matches: onLine('target-tracking.ts', /newest === undefined/),
    reason: 'The compiler asks for it: an alarm in ALARM sees at least the datapoint that breached.',
  },
  {
    matches: onLine('target-tracking.ts', /value === 0 \?/),
    reason: 'Equivalent: 0 over 0 is not a number, and that is no more above the target than 0 is.',
  },
  {
    matches: onLine('target-tracking.ts', /predicted > policy\.target/),
    reason: 'A billionth above the target exactly: it absorbs rounding, and has no meaning of its own.',
  },
  {
    matches: onLine('simulated-hosted-tasks.ts', /seed \+ 1/),
    reason: 'Equivalent: any other seed than that of the tasks is one of its own.',
  },
  {
    matches: onLine('simulated-hosted-tasks.ts', /managed\.nextSeconds <= nowSeconds/),
    reason: 'A shortcut for speed: managed scaling that has nothing due changes nothing.',
  },
  {
    matches: onLine('simulated-hosted-tasks.ts', /task === undefined/),
    reason: 'The compiler asks for it: only where there are more tasks than desired is one stopped.',
  },
  {
    matches: onLine('simulated-hosts.ts', /boot >= 0/),
    reason: 'Equivalent: one that does not boot goes only where none boots, and then the list is empty.',
  },
  {
    matches: onLine('simulated-instances.ts', /warmPool !== null/),
    reason: 'The compiler asks for it: only a warm pool gives a warm instance.',
  },
  {
    matches: onLine('simulated-managed-scaling.ts', /nextEvaluationSeconds\(this\.#plan, -1\)/),
    reason: 'Equivalent: no period ends before second 60, so the first evaluation is the same.',
  },
  {
    matches: onLine('simulated-managed-scaling.ts', /=> rangeDatapoints\);/),
    reason: 'More work only: not a number of datapoints drops none, and no evaluation is left out.',
  },
  {
    matches: onLine('simulated-managed-scaling.ts', /nextEvaluation > nowSeconds|unrest === 0/),
    reason: 'A shortcut for speed: an evaluation with nothing due, or after long rest, changes nothing.',
  },
  {
    matches: onLine('simulated-managed-scaling.ts', /warm: observed\.running/),
    reason: 'Equivalent: managed scaling asks only how many instances warm up.',
  },
  {
    matches: inFile('simulated-managed-scaling.ts', ({ replacement }) => replacement === 'this.#unrest + 1'),
    reason: 'More work only: no evaluation is left out then.',
  },
  {
    matches: inFile(
      'simulated-metrics.ts',
      ({ line, original }) => /answered &&/.test(line) && original === 'running !== undefined',
    ),
    reason: 'The compiler asks for it: who answers a request runs.',
  },
  {
    matches: onLine('simulated-metrics.ts', /return running === undefined \?/),
    reason: 'Equivalent: a count that is undefined is read as one that is left out.',
  },
  {
    matches: onLine('simulation-run.ts', /noDatapoints: readonly/),
    reason: 'The compiler asks for it: every metric that is asked for has a history.',
  },
  {
    matches: onLine('simulation-run.ts', /nextEvaluation <= this\.#now/),
    reason: 'A shortcut for speed: an evaluation with nothing due decides nothing.',
  },
  {
    matches: onLine('simulation-run.ts', /const ended =/),
    reason: 'A shortcut for speed: beyond its end a trace has no load either.',
  },
  {
    matches: onLine('simulation-run.ts', /state\.max !== this\.#state\.max/),
    reason: 'A shortcut for speed: a pool that is full for a maximum stays for the same maximum.',
  },
  {
    matches: onLine('simulation-run.ts', /desired !== this\.#desired\) this\.#fleet/),
    reason:
      'A shortcut for speed: asked for what it has, a fleet changes nothing; tasks that wait only draw other random start times.',
  },
  {
    matches: onLine('simulation-run.ts', /function historyLength|sourceKeys\.includes\(metric\.key\)/),
    reason: 'More memory only: datapoints are kept for longer, or for ever, than an alarm looks at them.',
  },
  {
    matches: onLine('simulation-run.ts', /const onTheWay =/),
    reason:
      'More memory, or a spare datapoint less: the one that has older ones dropped is added after that, and makes up for it.',
  },
];
