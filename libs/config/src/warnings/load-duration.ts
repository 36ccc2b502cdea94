import type { Environment, LoadProfile, LoadStage } from '../environment.ts';
import { counted } from '../counted.ts';
import { type ScalingAlarm, breachesAlarm } from '../alarms/alarm-facts.ts';
import { type FollowedMetric, followedMetrics, policyAlarms } from '../policies/policy-kinds.ts';
import { metricKind } from '../metrics/metric-kinds.ts';
import { type WarningRule, figure, warn } from './warning-rule.ts';

/** Load may begin anywhere in a metric’s minute: up to this long passes before a full datapoint begins. */
const alignmentSeconds = 60;
/** Latency after the scale-out is judged over at least this long. */
const judgedSeconds = 60;

/** Whether the load is long and high enough to show a scale-out, and the time after it. */
export const loadTooShortForScaleOut: WarningRule = (environment, profile) => {
  const { min, max } = environment.capacity;
  const alarms = followedMetrics(environment).flatMap(({ policy, metric }) =>
    policyAlarms(policy, environment)
      .filter(({ moves }) => moves.includes('out'))
      .map((alarm) => ({ alarm, metric })),
  );
  if (alarms.length === 0 || min === max) return [];
  const candidates = alarms
    .map((watched) => ({
      ...timeToScaleOut(watched.alarm, environment),
      breachSeconds: longestBreachSeconds(watched, environment, profile),
    }))
    .filter(({ breachSeconds }) => breachSeconds > 0);
  if (candidates.length === 0)
    return warn(
      'TL-WARN-NO-SCALE-OUT',
      'load.profile',
      `profile ${profile.name} stays below the target of every policy at ${counted(min, 'task')}, so nothing scales out. Drive more load, or lower a target`,
    );
  const best = candidates.reduce((left, right) =>
    left.breachSeconds - left.totalSeconds >= right.breachSeconds - right.totalSeconds ? left : right,
  );
  const { breachSeconds, totalSeconds, sum } = best;
  if (breachSeconds < totalSeconds)
    return warn(
      'TL-WARN-HOLD-TOO-SHORT',
      'load.profile',
      `profile ${profile.name} holds a load that policy ${best.policy} reacts to for ${figure(breachSeconds)} s, and a scale-out takes up to ${figure(totalSeconds)} s (${sum}). Hold it for at least ${figure(totalSeconds + judgedSeconds)} s`,
    );
  if (breachSeconds < totalSeconds + judgedSeconds)
    return warn(
      'TL-WARN-AFTER-SCALE-OUT',
      'load.profile',
      `profile ${profile.name} holds its load for ${figure(breachSeconds)} s, a scale-out takes up to ${figure(totalSeconds)} s (${sum}), and the ${figure(breachSeconds - totalSeconds)} s left are too few to judge latency afterwards. Hold it for at least ${figure(totalSeconds + judgedSeconds)} s`,
    );
  return [];
};

interface WatchedMetric extends Pick<FollowedMetric, 'metric'> {
  readonly alarm: ScalingAlarm;
}

function timeToScaleOut(alarm: ScalingAlarm, { assumptions }: Environment) {
  const { datapointsToAlarm, periodSeconds, policy } = alarm;
  const lag = assumptions.metricLagSeconds;
  const start = assumptions.taskStartSeconds.max;
  const alignment = Math.min(alignmentSeconds, periodSeconds);
  return {
    policy,
    totalSeconds: alignment + datapointsToAlarm * periodSeconds + lag + start,
    sum: `${alignment} s alignment + ${datapointsToAlarm} x ${periodSeconds} s of datapoints + ${figure(lag)} s metric lag + ${figure(start)} s task start`,
  };
}

/** Longest time in a row that the load breaches an alarm at minimum capacity; unknown load counts as breaching. */
function longestBreachSeconds(
  watched: WatchedMetric,
  environment: Environment,
  profile: LoadProfile,
): number {
  let longest = 0;
  let current = 0;
  for (const stage of profile.stages) {
    current = stageBreaches(stage, { watched, environment, profile }) ? current + stage.holdSeconds : 0;
    longest = Math.max(longest, current);
  }
  return longest;
}

function stageBreaches(
  { users, requestsPerSecond }: LoadStage,
  of: {
    readonly watched: WatchedMetric;
    readonly environment: Environment;
    readonly profile: LoadProfile;
  },
): boolean {
  if (users === 0) return false;
  if (requestsPerSecond === null) return true;
  const { watched, environment, profile } = of;
  const tasks = Math.max(environment.capacity.min, 1);
  const value = metricKind(watched.metric).expected(environment, { profile, requestsPerSecond, tasks });
  return value === null || breachesAlarm(watched.alarm, value);
}

export const closedLoopLoad: WarningRule = (_environment, profile) => {
  const stage = profile.stages.findIndex(
    ({ users, requestsPerSecond }) => users > 0 && requestsPerSecond === null,
  );
  if (stage === -1) return [];
  return warn(
    'TL-WARN-CLOSED-LOOP',
    `stages.${stage}.requestsPerSecond`,
    `stage ${stage} of profile ${profile.name} has no rate: its ${profile.stages[stage]?.users ?? 0} users ask again as soon as they are answered, so targets cannot be checked beforehand. Set requestsPerSecond if the rate matters`,
  );
};
