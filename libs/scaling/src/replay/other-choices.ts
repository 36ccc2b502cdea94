import {
  type AssumptionAlternative,
  type Environment,
  assumptionAlternatives,
  counted,
  followedMetrics,
  metricKind,
  metricReference,
} from '@tideline/config';
import type { Datapoint } from '../alarms/datapoint.ts';
import { type RecordedRun, type Replay, replay } from './replay.ts';

/** What another choice would have made of a run. */
export interface OtherChoice extends Pick<AssumptionAlternative, 'code' | 'choice'> {
  /** In a plain sentence, against the choice that is in force. */
  readonly effect: string;
}

/** What each other choice of an assumption would have decided on the datapoints of a run. */
export function otherChoices(environment: Environment, run: RecordedRun): readonly OtherChoice[] {
  const played = replay(environment, run);
  return assumptionAlternatives(environment).map(({ code, choice, assumptions }) => {
    const otherwise = { ...environment, assumptions };
    const isIdleSame = assumptions.idleRequests === environment.assumptions.idleRequests;
    const other = replay(otherwise, isIdleSame ? run : withIdle(run, otherwise), played);
    return { code, choice, effect: effectOf(choice, other, played) };
  });
}

function effectOf(choice: string, other: Replay, played: Replay): string {
  if (JSON.stringify(other) === JSON.stringify(played))
    return `On this run assumptions.${choice} would have decided the same.`;
  return `On this run assumptions.${choice} would have made ${figures(other)}, instead of ${figures(played)}.`;
}

const figures = ({ scaleOuts, scaleIns, peakDesired, finalDesired }: Replay): string =>
  `${counted(scaleOuts, 'scale-out')} and ${counted(scaleIns, 'scale-in')} (peak ${peakDesired}, end ${finalDesired})`;

/** A run as a balancer that reports zeros, or nothing, would have recorded it while it was idle. */
function withIdle(run: RecordedRun, environment: Environment): RecordedRun {
  const datapoints = new Map(run.datapoints);
  for (const { metric } of followedMetrics(environment)) {
    if (!metricKind(metric).missingWhenIdle) continue;
    const { sourceKeys, periodSeconds } = metricReference(metric, environment);
    for (const key of sourceKeys) {
      const recorded = run.datapoints.get(key) ?? [];
      const isMissing = environment.assumptions.idleRequests === 'missing';
      datapoints.set(
        key,
        isMissing
          ? recorded.filter(({ value }) => value > 0)
          : filled(recorded, { periodSeconds, toSeconds: run.toSeconds }),
      );
    }
  }
  return { ...run, datapoints };
}

function filled(
  recorded: readonly Datapoint[],
  { periodSeconds, toSeconds }: { readonly periodSeconds: number; readonly toSeconds: number },
): readonly Datapoint[] {
  const [first] = recorded;
  if (first === undefined) return recorded;
  const known = new Map(recorded.map((datapoint) => [datapoint.startSeconds, datapoint]));
  const datapoints: Datapoint[] = [];
  for (let startSeconds = first.startSeconds; startSeconds < toSeconds; startSeconds += periodSeconds)
    datapoints.push(known.get(startSeconds) ?? { startSeconds, value: 0 });
  return datapoints;
}
