import {
  type AssumptionAlternative,
  type Environment,
  assumptionAlternatives,
  metricKey,
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
    const { idleRequests } = assumptions;
    const recorded =
      idleRequests === environment.assumptions.idleRequests ? run : withIdle(run, idleRequests);
    const other = replay({ ...environment, assumptions }, recorded, played);
    return { code, choice, effect: effectOf(choice, other, played) };
  });
}

function effectOf(choice: string, other: Replay, played: Replay): string {
  if (JSON.stringify(other) === JSON.stringify(played))
    return `On this run assumptions.${choice} would have decided the same.`;
  return `On this run assumptions.${choice} would have made ${figures(other)}, instead of ${figures(played)}.`;
}

const figures = ({ scaleOuts, scaleIns, peakDesired, finalDesired }: Replay): string =>
  `${scaleOuts} scale-out${scaleOuts === 1 ? '' : 's'} and ${scaleIns} scale-in${scaleIns === 1 ? '' : 's'} (peak ${peakDesired}, end ${finalDesired})`;

const requestsKey = metricKey({
  namespace: 'AWS/ApplicationELB',
  metricName: 'RequestCountPerTarget',
  statistic: 'Sum',
  dimensions: {},
});
const requestsPeriodSeconds = 60;

/** A run as a balancer that reports zeros, or nothing, would have recorded it while it was idle. */
function withIdle(run: RecordedRun, idleRequests: 'zero' | 'missing'): RecordedRun {
  const recorded = run.datapoints.get(requestsKey);
  if (recorded === undefined) return run;
  const requests =
    idleRequests === 'missing' ? recorded.filter(({ value }) => value > 0) : filled(recorded, run);
  return { ...run, datapoints: new Map([...run.datapoints, [requestsKey, requests]]) };
}

function filled(recorded: readonly Datapoint[], { toSeconds }: RecordedRun): readonly Datapoint[] {
  const [first] = recorded;
  if (first === undefined) return recorded;
  const known = new Map(recorded.map((datapoint) => [datapoint.startSeconds, datapoint]));
  const datapoints: Datapoint[] = [];
  for (let startSeconds = first.startSeconds; startSeconds < toSeconds; startSeconds += requestsPeriodSeconds)
    datapoints.push(known.get(startSeconds) ?? { startSeconds, value: 0 });
  return datapoints;
}
