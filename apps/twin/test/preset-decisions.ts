import { type Environment, loadProfile, presetInput, resolveEnvironment } from '@tideline/config';
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

/** The preset’s own load, second by second of the cloud, on the simulator and on the twin in virtual time. */
export async function presetDecisions(
  preset: string,
  options: { readonly stallSeconds?: number } = {},
): Promise<{ readonly simulated: readonly Move[]; readonly twin: readonly Move[] }> {
  const environment = withOneStartTime(resolveEnvironment(presetInput(preset)));
  const trace = traceOf(environment);
  const simulated = simulate(trace, environment, { loadStartsAtSeconds: quietSeconds, tailSeconds })
    .decisions.filter(({ outcome }) => outcome === 'scaled')
    .map(({ seconds, from, to, policy }) => ({ seconds: seconds - quietSeconds, from, to, policy }));
  return { simulated, twin: await twinMoves(new ModelledTwin(environment, options), trace) };
}

async function twinMoves(twin: ModelledTwin, trace: LoadTrace): Promise<readonly Move[]> {
  await twin.clock.advance(quietSeconds);
  for (const requestsPerSecond of trace.requestsPerSecond) {
    twin.setRate(requestsPerSecond);
    await twin.clock.advance(trace.stepSeconds);
  }
  twin.setRate(0);
  await twin.clock.advance(tailSeconds);
  twin.close();
  return twin.moves().map(({ cloudSeconds, from, to, policy }) => ({
    seconds: cloudSeconds - quietSeconds,
    from,
    to,
    policy,
  }));
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
  const { taskStartSeconds, instanceStartSeconds } = environment.assumptions;
  return {
    ...environment,
    assumptions: {
      ...environment.assumptions,
      taskStartSeconds: middle(taskStartSeconds),
      instanceStartSeconds: middle(instanceStartSeconds),
    },
  };
}
