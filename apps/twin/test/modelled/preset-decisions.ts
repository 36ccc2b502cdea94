import {
  type Environment,
  type EnvironmentInput,
  loadProfile,
  presetInput,
  resolveEnvironment,
} from '@tideline/config';
import { type LoadTrace, simulate } from '@tideline/scaling';
import { ModelledTwin } from './modelled-twin.ts';

/** A move of the desired count. */
export interface Move {
  /** Since the load began. */
  readonly seconds: number;
  readonly from: number;
  readonly to: number;
  readonly policy: string;
}

/**
 * Both have run in peace for so long before the load: instances are warm, and low alarms have been evaluated. The load begins
 * and ends in the middle of a minute: at its edge, which minute a request counts for is a matter of milliseconds, as it is at AWS.
 */
const quietSeconds = 1830;
/** Long enough for every preset to scale back in, one unit at a time. */
const tailSeconds = 7200;
const stepSeconds = 60;
/** What the buyers of a closed loop are taken to send: how many they are says nothing of their rate. */
const closedLoopRequestsPerSecond = 150;

/** How many tasks or instances run from this moment on. */
interface RunningCount {
  readonly seconds: number;
  readonly count: number;
}

interface PresetDecisions {
  readonly simulated: readonly Move[];
  readonly twin: readonly Move[];
  /** Those that serve. */
  readonly simulatedCounts: readonly RunningCount[];
  /** Tasks in RUNNING, instances in InService: without a warm pool the latter begins before an instance serves. */
  readonly twinCounts: readonly RunningCount[];
}

interface ModelOptions {
  /** Timers of the twin fire late, at the next multiple of this. @default 0 they are punctual */
  readonly stallSeconds?: number;
  /** Instances wait beside the group of the preset. @default none do */
  readonly warmPool?: GroupInput['warmPool'];
}

type GroupInput = Extract<EnvironmentInput['compute'], { readonly kind: 'ec2-asg' }>;

/** @throws TypeError for a preset without a group */
function withWarmPool(input: EnvironmentInput, warmPool: GroupInput['warmPool']): EnvironmentInput {
  if (warmPool === undefined) return input;
  if (!('warmupSeconds' in input.compute)) throw new TypeError(`${input.preset} has no Auto Scaling group`);
  return { ...input, compute: { ...input.compute, warmPool } };
}

/** The preset’s own load, second by second of the cloud, on the simulator and on the twin in virtual time. */
export async function presetDecisions(
  preset: string,
  { stallSeconds = 0, warmPool }: ModelOptions = {},
): Promise<PresetDecisions> {
  const environment = withOneStartTime(resolveEnvironment(withWarmPool(presetInput(preset), warmPool)));
  const trace = traceOf(environment);
  const simulation = simulate(trace, environment, { loadStartsAtSeconds: quietSeconds, tailSeconds });
  const twin = new ModelledTwin(environment, { stallSeconds });
  await play(twin, trace);
  return {
    simulated: simulation.decisions
      .filter(({ outcome }) => outcome === 'scaled')
      .map(({ seconds, from, to, policy }) => ({ seconds: seconds - quietSeconds, from, to, policy })),
    twin: twin.moves().map(({ cloudSeconds, from, to, policy }) => ({
      seconds: cloudSeconds - quietSeconds,
      from,
      to,
      policy,
    })),
    simulatedCounts: countsOnceLoaded(
      simulation.points.map(({ seconds, running }) => ({ seconds, count: running })),
    ),
    twinCounts: countsOnceLoaded(twin.running),
  };
}

async function play(twin: ModelledTwin, trace: LoadTrace): Promise<void> {
  await twin.clock.advance(quietSeconds);
  for (const requestsPerSecond of trace.requestsPerSecond) {
    twin.setRate(requestsPerSecond);
    await twin.clock.advance(trace.stepSeconds);
  }
  twin.setRate(0);
  await twin.clock.advance(tailSeconds);
  twin.close();
}

/** Each change since the load began, as it stood when its instant was over. */
function countsOnceLoaded(counts: readonly RunningCount[]): readonly RunningCount[] {
  const settled = counts.filter(({ seconds }, index) => counts[index + 1]?.seconds !== seconds);
  const changes = settled.filter(({ count }, index) => settled[index - 1]?.count !== count);
  return changes
    .map(({ seconds, count }) => ({ seconds: seconds - quietSeconds, count }))
    .filter(({ seconds }) => seconds >= 0);
}

/** The stages of the preset’s profile, each at its full rate. */
function traceOf({ load }: Environment): LoadTrace {
  const requestsPerSecond = loadProfile(load.profile).stages.flatMap(({ holdSeconds, requestsPerSecond }) =>
    Array.from(
      { length: Math.ceil(holdSeconds / stepSeconds) },
      () => requestsPerSecond ?? closedLoopRequestsPerSecond,
    ),
  );
  return { stepSeconds, requestsPerSecond };
}

/** Chance would give the two different start times: each start takes the middle of the assumed bounds. */
function withOneStartTime(environment: Environment): Environment {
  const middle = ({ min, max }: { readonly min: number; readonly max: number }) => ({
    min: (min + max) / 2,
    max: (min + max) / 2,
  });
  const { taskStartSeconds, instanceStartSeconds, warmStartSeconds } = environment.assumptions;
  return {
    ...environment,
    assumptions: {
      ...environment.assumptions,
      taskStartSeconds: middle(taskStartSeconds),
      instanceStartSeconds: middle(instanceStartSeconds),
      warmStartSeconds: middle(warmStartSeconds),
    },
  };
}
