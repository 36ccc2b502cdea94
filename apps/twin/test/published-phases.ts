import { type Environment, presetInput, resolveEnvironment } from '@tideline/config';
import { simulate } from '@tideline/scaling';
import { ModelledTwin } from './modelled-twin.ts';

/** Times from the beginning of a load that AWS has published with the 20-second metrics of ECS, June 2026. */
export interface PublishedPair {
  readonly resolutionSeconds: 20 | 60;
  /** Until the scale-out is triggered. */
  readonly decisionSeconds: number;
  /** Until its new capacity runs. */
  readonly capacitySeconds: number;
}

export const publishedPairs: readonly PublishedPair[] = [
  { resolutionSeconds: 60, decisionSeconds: 363, capacitySeconds: 386 },
  { resolutionSeconds: 20, decisionSeconds: 86, capacitySeconds: 109 },
];

/**
 * Loads on two tasks of preset fargate-alb, whose target is 60 % CPU. AWS does not publish the load of its benchmark:
 * these are the ends of the range for which the defaults of the assumptions are made.
 */
export const benchmarkLoads = [
  { requestsPerSecond: 19.5, means: 'goes a third above the target' },
  { requestsPerSecond: 25, means: 'takes all CPU' },
] as const;

/** A phase in which the load begins within a period, and the times from then on. */
export interface PhaseTimes {
  readonly phaseSeconds: number;
  readonly decisionSeconds: number;
  readonly capacitySeconds: number;
}

export interface PhaseRun extends PublishedPair {
  readonly requestsPerSecond: number;
}

/** Both services have run in peace for so long before the load. */
const quietSeconds = 600;
const loadSeconds = 540;

/** Every second of the period, by the simulator. */
export const simulatedPhases = (run: PhaseRun): readonly PhaseTimes[] =>
  phasesOf(run).map(({ phaseSeconds, environment }) => {
    const begin = quietSeconds + phaseSeconds;
    const trace = { stepSeconds: loadSeconds, requestsPerSecond: [run.requestsPerSecond] };
    const { decisions, points } = simulate(trace, environment, { loadStartsAtSeconds: begin });
    const decided = decisions.find(({ outcome }) => outcome === 'scaled');
    const grown = points.find(({ running }) => running >= (decided?.to ?? Infinity));
    return timesOf(phaseSeconds, begin, { decided: decided?.seconds, grown: grown?.seconds });
  });

/** Every second of the period, by the twin’s own collectors, fleet and autoscaler. */
export async function twinPhases(run: PhaseRun): Promise<readonly PhaseTimes[]> {
  const phases: PhaseTimes[] = [];
  for (const { phaseSeconds, environment } of phasesOf(run)) {
    const begin = quietSeconds + phaseSeconds;
    const twin = new ModelledTwin(environment);
    await twin.clock.advance(begin);
    twin.setRate(run.requestsPerSecond);
    await twin.clock.advance(loadSeconds);
    const [decided] = twin.moves();
    const grown = twin.running.find(({ count }) => count >= (decided?.to ?? Infinity));
    twin.close();
    phases.push(timesOf(phaseSeconds, begin, { decided: decided?.cloudSeconds, grown: grown?.seconds }));
  }
  return phases;
}

/** The seconds of a period, each with a start time of its tasks: spread evenly over the assumed bounds, and the same for both. */
function phasesOf({
  resolutionSeconds,
}: PhaseRun): readonly { phaseSeconds: number; environment: Environment }[] {
  const { min, max } = resolve(resolutionSeconds).assumptions.taskStartSeconds;
  return Array.from({ length: resolutionSeconds }, (_, phaseSeconds) => {
    const startSeconds = min + (max - min) * ((phaseSeconds * goldenRatio) % 1);
    const taskStartSeconds = { min: startSeconds, max: startSeconds };
    return { phaseSeconds, environment: resolve(resolutionSeconds, { taskStartSeconds }) };
  });
}

/** Multiples of it, taken modulo 1, are spread evenly. */
const goldenRatio = (Math.sqrt(5) - 1) / 2;

const resolve = (
  resolutionSeconds: PublishedPair['resolutionSeconds'],
  assumptions: Parameters<typeof resolveEnvironment>[0]['assumptions'] = {},
): Environment =>
  resolveEnvironment({ ...presetInput('fargate-alb'), monitoring: { resolutionSeconds }, assumptions });

const timesOf = (
  phaseSeconds: number,
  begin: number,
  {
    decided = NaN,
    grown = NaN,
  }: { readonly decided: number | undefined; readonly grown: number | undefined },
): PhaseTimes => ({
  phaseSeconds,
  decisionSeconds: decided - begin,
  capacitySeconds: grown - begin,
});

/** How near the times of all phases come to a published one. */
export function nearness(
  phases: readonly PhaseTimes[],
  published: PublishedPair,
  time: 'decisionSeconds' | 'capacitySeconds',
): { readonly medianSeconds: number; readonly medianError: number; readonly shareWithinTenth: number } {
  const sorted = phases.map((phase) => phase[time]).sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const medianSeconds = ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
  const near = sorted.filter((seconds) => Math.abs(seconds / published[time] - 1) <= 0.1);
  return {
    medianSeconds,
    medianError: medianSeconds / published[time] - 1,
    shareWithinTenth: near.length / sorted.length,
  };
}
