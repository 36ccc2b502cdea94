import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Environment } from '@tideline/config';
import { PolicyJudge, asMeasured, parseObjective, withSettings } from '@tideline/planner';
import {
  UsageError,
  checkOutputFolder,
  describedEnvironment,
  throwIfInterrupted,
  writeWhole,
} from '@tideline/process';
import { simulate } from '@tideline/scaling';
import { MachineCpu } from '../capacity/machine-cpu.ts';
import { fittedSecondsOf, judgeInputOf, planTraffic } from '../plan/plan-traffic.ts';
import { findBundles } from '../processes/bundles.ts';
import { type RecordedTwinRun, runTwin } from '../processes/twin-run-program.ts';
import { makeOutputFolder } from '../shared/output-folder.ts';
import { type Traffic, knownCapacity, traceOf } from '../shared/traffic-options.ts';
import { agreementBounds } from './agreement.ts';
import { atTheHour } from './at-the-hour.ts';
import { type ChosenPart, type Stretch, choosePart } from './choose-part.ts';
import { type DrivenTraffic, driveAt } from './drive-at.ts';
import { renderProofPage } from './page/render-proof-page.ts';
import { type MeasuringSurroundings, measuredCapacity } from './measured-capacity.ts';
import { refuseOtherPlan } from './refuse-other-plan.ts';
import type { ProveCommandOptions } from './prove-command.ts';
import { proofDocument } from './prove-document.ts';
import type { ProofDocument } from './proof-schema.ts';
import { type PlannedPolicy, readPlan } from './read-plan.ts';
import { renderProof } from './render-proof.ts';

interface ProveSurroundings extends MeasuringSurroundings {
  readonly color: boolean;
}

/** Cloud minutes of a part where the options say none: the first length that holds a scale-out and a scale-in. */
const defaultMinutes = [60, 120, 240] as const;

/**
 * Measures and plans where the options give neither, runs the policy, and writes both documents.
 * @returns what goes to standard output, and whether prediction and twin agree
 * @throws ConfigurationError, UsageError, ProcessError, MissingBundleError, InterruptedError, WriteError
 */
export async function runProve(
  options: ProveCommandOptions,
  surroundings: ProveSurroundings,
): Promise<{ readonly text: string; readonly agrees: boolean }> {
  const { signal, onProgress, color } = surroundings;
  const objective = parseObjective(options.slo);
  const planned = options.plan === undefined ? null : await readPlan(options.plan);
  checkOutputFolder('--out', options.out);
  const environment = await describedEnvironment(options, surroundings.variables);
  const trace = await traceOf(options);
  // To measure takes minutes: what is wrong with the rest is said before.
  if (planned === null) fittedSecondsOf({ trace }, options.heldOut);
  else refuseOtherPlan(planned, { environment, trace }, options);
  const capacity = options.capacity ?? (await measuredCapacity(options, objective, surroundings));
  const traffic: Traffic = { environment, trace, ...(await knownCapacity(capacity, environment)) };
  const { twinFile } = findBundles(import.meta.url);
  makeOutputFolder(options.out);
  const policy = planned ?? (await policyOf(traffic, options, surroundings));
  const described = withSettings(traffic.environment, {
    capacity: policy.settings.capacity,
    policies: policy.settings.scaling.policies,
  });
  const { part, startUnits } = partOf({ ...traffic, environment: described }, options, policy);
  const driven = drivenPart({ ...traffic, environment: described }, { part, startUnits, peak: options.peak });
  throwIfInterrupted(signal);
  onProgress(
    `prove: ${part.steps} steps of ${driven.trace.stepSeconds} s from ${driven.trace.startedAt.toISOString()} on the twin, at speed ${options.speed}`,
  );
  const machine = new MachineCpu();
  const { record, recordFile } = await onTwin(driven, {
    ...{ twinFile, options, signal, variables: surroundings.variables },
  });
  const document = proofDocument({
    ...{ driven, policy, part, record, recordFile, capacity: traffic.capacity, speed: options.speed },
    seed: options.seed ?? 1,
    loadAverage: loadavg()[0] ?? 0,
    machineBusyPercent: machine.busyPercent(new Date(record.startedAt), new Date(record.finishedAt)),
    remarks: [...traffic.trace.remarks, ...traffic.remarks],
  });
  return { text: written(document, options, { color, onProgress }), agrees: document.agrees };
}

function written(
  document: ProofDocument,
  { out, json: asJson }: ProveCommandOptions,
  { color, onProgress }: Pick<ProveSurroundings, 'color' | 'onProgress'>,
): string {
  const json = `${JSON.stringify(document, null, 2)}\n`;
  writeWhole(join(out, 'prove.json'), json);
  writeWhole(join(out, 'prove.html'), renderProofPage(document));
  onProgress(`prove: wrote ${join(out, 'prove.json')} and prove.html`);
  return asJson ? json : renderProof(document, { color });
}

async function policyOf(
  traffic: Traffic,
  options: ProveCommandOptions,
  { signal, onProgress }: ProveSurroundings,
): Promise<PlannedPolicy> {
  if (options.policy === 'current') {
    const { capacity, scaling } = traffic.environment;
    return {
      which: 'current',
      choice: null,
      settings: { capacity, scaling: { policies: scaling.policies } },
      fittedSeconds: fittedSecondsOf(traffic, options.heldOut),
      madeOf: null,
    };
  }
  onProgress('prove: planning');
  const { recommended, choice, split } = await planTraffic(traffic, options, { signal, onProgress });
  return {
    ...{ which: 'recommended', choice, settings: recommended.settings },
    ...{ fittedSeconds: split.fittedSeconds, madeOf: null },
  };
}

/** The part to run, and the units that the policy has when it begins. */
function partOf(
  traffic: Traffic,
  options: ProveCommandOptions,
  { fittedSeconds }: PlannedPolicy,
): { readonly part: ChosenPart; readonly startUnits: number } {
  const { trace, capacity, environment } = traffic;
  const { stepSeconds, requestsPerSecond } = trace;
  const fromStep = Math.round(fittedSeconds / stepSeconds);
  const steps = requestsPerSecond.length - fromStep;
  if (steps < 2)
    throw new UsageError(
      'TL-PROVE-PLAN',
      `--plan: its held-out part begins after ${fittedSeconds} s, and ${trace.name} ends after ${requestsPerSecond.length * stepSeconds} s; give the trace that was planned`,
    );
  const judge = new PolicyJudge(judgeInputOf(traffic, options));
  const { points } = judge.simulate(environment, requestsPerSecond.length * stepSeconds, asMeasured);
  const startOf = (stretch: Stretch): number =>
    points.findLast(({ seconds }) => seconds <= stretch.fromStep * stepSeconds)?.desired ??
    environment.capacity.desired;
  const part = choosePart({
    trace,
    of: { fromStep, steps },
    unitRequestsPerSecond: capacity.requestsPerSecond.value,
    lengthsSeconds: (options.minutes === undefined ? defaultMinutes : [options.minutes]).map(
      (minutes) => minutes * 60,
    ),
    movesIn: (stretch) => movesIn(traffic, { stretch, startUnits: startOf(stretch) }),
  });
  return { part, startUnits: startOf(part) };
}

/**
 * Moves that the simulator predicts for a stretch by itself, as the twin will run it. Those of its last two minutes do not count:
 * the load of the twin begins elsewhere in a metric period, which may move them past its end.
 */
function movesIn(
  { trace, environment }: Traffic,
  { stretch, startUnits }: { readonly stretch: Stretch; readonly startUnits: number },
): Pick<ChosenPart, 'scaleOuts' | 'scaleIns'> {
  const described = atTheHour({ environment, trace }, { fromStep: stretch.fromStep, units: startUnits });
  const { decisions } = simulate(cut(trace, stretch), described, { sampleEverySeconds: Infinity });
  const lastSeconds = stretch.steps * trace.stepSeconds - agreementBounds.mostDecisionSeconds;
  const scaled = decisions.filter(({ outcome, seconds }) => outcome === 'scaled' && seconds < lastSeconds);
  const scaleOuts = scaled.filter(({ from, to }) => to > from).length;
  return { scaleOuts, scaleIns: scaled.length - scaleOuts };
}

const cut = <Cut extends Traffic['trace']>(trace: Cut, { fromStep, steps }: Stretch): Cut => ({
  ...trace,
  startedAt: new Date(trace.startedAt.getTime() + fromStep * trace.stepSeconds * 1000),
  requestsPerSecond: trace.requestsPerSecond.slice(fromStep, fromStep + steps),
});

/** What the twin is given. */
function drivenPart(
  { environment, trace, capacity }: Traffic,
  {
    part,
    startUnits,
    peak,
  }: { readonly part: ChosenPart; readonly startUnits: number; readonly peak: number },
): DrivenTraffic {
  return driveAt(
    {
      environment: atTheHour({ environment, trace }, { fromStep: part.fromStep, units: startUnits }),
      trace: cut(trace, part),
      capacity,
    },
    peak,
  );
}

async function onTwin(
  { environment, trace, capacity }: DrivenTraffic,
  {
    twinFile,
    options,
    signal,
    variables,
  }: Pick<ProveSurroundings, 'signal' | 'variables'> & {
    readonly twinFile: string;
    readonly options: ProveCommandOptions;
  },
): Promise<RecordedTwinRun> {
  const folder = await mkdtemp(join(tmpdir(), 'tideline-prove-'));
  try {
    const [configFile, traceFile] = [join(folder, 'tideline.config.json'), join(folder, 'part.csv')];
    const rows = trace.requestsPerSecond.map((rate, step) => {
      const at = new Date(trace.startedAt.getTime() + step * trace.stepSeconds * 1000);
      return `${at.toISOString()},${rate}`;
    });
    writeWhole(configFile, JSON.stringify(environment));
    refuseOther(await describedEnvironment({ config: configFile, set: [] }, variables), environment);
    writeWhole(traceFile, `time,rate\n${rows.join('\n')}\n`);
    return await runTwin({
      ...{ twinFile, configFile, traceFile, signal },
      stepSeconds: trace.stepSeconds,
      speed: options.speed,
      unitRequestsPerSecond: capacity.requestsPerSecond.value,
      out: join(options.out, 'runs'),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** TIDELINE_ variables lie over what the twin is given. @throws UsageError TL-PROVE-VARIABLES */
function refuseOther(seen: Environment, given: Environment): void {
  const facts = ({ capacity, scaling }: Environment): unknown =>
    JSON.parse(JSON.stringify({ capacity, scaling }));
  if (isDeepStrictEqual(facts(seen), facts(given))) return;
  throw new UsageError(
    'TL-PROVE-VARIABLES',
    'TIDELINE_ variables of the surroundings change capacity or scaling of what the twin is given; unset them, and give them with --config or --set',
  );
}
