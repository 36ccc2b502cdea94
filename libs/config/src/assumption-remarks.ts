import type { AssumptionCode } from './codes/assumption-codes.ts';
import type { CapacityNoun } from './compute/compute-kind.ts';
import { capacityFacts, computeFacts } from './compute/compute-kinds.ts';
import { lifecyclePollSeconds } from './compute/warm-pool.ts';
import type { Assumptions, Environment } from './environment.ts';
import { forecastingPolicies } from './policies/policy-kinds.ts';

/** One assumption in force, in a plain sentence with its value. */
export interface AssumptionRemark {
  readonly code: AssumptionCode;
  readonly message: string;
}

/** Until when requests go on to what is dead. */
const untilNoticed = (seconds: number | null, what: string): string => {
  if (seconds === null) return 'until health checks have failed';
  return seconds === 0
    ? `until ${what}, which is at once`
    : `until health checks have failed, or ${what} after ${seconds} s`;
};

type Wording = (assumptions: Assumptions, unit: CapacityNoun) => string;

const wordings: Readonly<Record<AssumptionCode, Wording>> = {
  'TL-ASSUME-METRIC-LAG': ({ metricLagSeconds }) =>
    `An alarm is evaluated with a datapoint ${metricLagSeconds} s after its period ends, publication and evaluation together; AWS publishes no figure.`,
  'TL-ASSUME-TASK-START': ({ taskStartSeconds: { min, max } }) =>
    `A task runs ${min} to ${max} s after the decision to start it, spread evenly; AWS publishes no figure.`,
  'TL-ASSUME-INSTANCE-START': ({ instanceStartSeconds: { min, max } }) =>
    `An instance’s application listens ${min} to ${max} s after its launch, spread evenly, and it is in service after three tenths of that; AWS publishes no figure.`,
  'TL-ASSUME-WARM-START': ({ warmStartSeconds: { min, max } }) =>
    `A stopped or hibernated instance of the warm pool serves ${min} to ${max} s after it is taken, spread evenly, and a running one within ${lifecyclePollSeconds} s; AWS publishes an example of 36 s. One that still starts in the pool is not taken, and the pool stops an instance at once when its application listens.`,
  'TL-ASSUME-INSTANCE-CPU': ({ instanceCpuUnits }) =>
    `One instance has ${instanceCpuUnits} CPU units here, whatever its type: one machine has not the cores of a fleet.`,
  'TL-ASSUME-CPU-CREDITS': () =>
    'CPU credits are not counted: an instance has its whole CPU for as long as it is asked to, where AWS holds one in standard mode to the baseline of its type once its credits are gone.',
  'TL-ASSUME-INSTANCE-MEMORY': () =>
    'An instance registers less memory with ECS than its type has, a small one 1900 of 2048 MiB; AWS publishes a figure for one type only.',
  'TL-ASSUME-WARM-UP': ({ warmingInstances }) =>
    warmingInstances === 'credited'
      ? 'While instances warm up, a scale-out is worked out from the warm ones and those that warm up count towards it; AWS describes this for step scaling, and for target tracking without a formula.'
      : 'While instances warm up, a scale-out of target tracking is worked out from all that run; AWS describes for step scaling that those that warm up are credited, and for target tracking gives no formula.',
  'TL-ASSUME-REFRESH-FAILURE': () =>
    'An instance refresh fails after three replacements in a row that were never healthy, or an hour without progress; AWS publishes no figures.',
  'TL-ASSUME-TASK-EXIT': ({ deadTargetSeconds: { taskExit } }) =>
    `A task whose process has ended gets requests, each answered 502, ${untilNoticed(taskExit, 'the service scheduler deregisters it')}; AWS publishes no figure, and its users see 502 for 3 to 5 s.`,
  'TL-ASSUME-INSTANCE-LOSS': ({ deadTargetSeconds: { instanceLoss } }) =>
    `A lost instance gets requests, each answered 504, ${untilNoticed(instanceLoss, 'its status checks have it replaced')}; AWS documents a status check every minute, and not how soon one is acted on.`,
  'TL-ASSUME-ZONE-LOSS': ({ deadTargetSeconds: { zoneLoss } }) =>
    `Targets in a lost zone get requests, each answered 504, ${untilNoticed(zoneLoss, 'they are deregistered')}; AWS publishes no figure.`,
  'TL-ASSUME-FAILED-LAUNCH': () =>
    'An instance whose application ends before it has ever listened is replaced at once; at AWS it is started again and again until the grace period is over.',
  'TL-ASSUME-ANOMALY': ({ anomalyErrorPercent }) =>
    `Anomaly mitigation leaves a tenth of its requests to a target whose errors are ${anomalyErrorPercent} percentage points above those of the others, and gives back a tenth every 5 s; AWS publishes no figures.`,
  'TL-ASSUME-REQUEST-HEAD': ({ requestHeadSeconds }) =>
    `The balancer waits ${requestHeadSeconds} s for the head of a request; AWS documents only how long a client may send nothing.`,
  'TL-ASSUME-SCALE-IN-STEPS': ({ scaleInSteps }, unit) =>
    scaleInSteps === 'gradual'
      ? `Target tracking removes one ${unit} per ${unit === 'task' ? 'scale-in cooldown' : 'evaluation of its alarm'}; AWS only says that scale-in is gradual.`
      : 'Target tracking scales in at once to what the metric asks for; AWS only says that scale-in is gradual.',
  'TL-ASSUME-IDLE-REQUESTS': ({ idleRequests }) =>
    `A balancer without requests reports ${
      idleRequests === 'zero' ? 'a request count of zero' : 'no request count at all'
    }; the AWS documents contradict each other.`,
  'TL-ASSUME-REQUEST-DENOMINATOR': () =>
    'Requests per target are divided by the healthy targets that are not draining; AWS does not say which targets count.',
  'TL-ASSUME-EVALUATION-RANGE': ({ extraEvaluationDatapoints }) =>
    `With datapoints missing, an alarm looks back ${extraEvaluationDatapoints} datapoints beyond its evaluation periods; AWS documents this for three periods only.`,
  'TL-ASSUME-PREMATURE-ALARM': ({ prematureAlarm }) =>
    `Breaching datapoints alone, though fewer than M, make ALARM once one of the ${
      prematureAlarm === 'evaluation-range' ? 'whole evaluation range' : 'N evaluation periods'
    } is M periods old; the CloudWatch guide says “evaluation range” in one sentence and “evaluation periods” in the other.`,
  'TL-ASSUME-TOO-FEW-DATAPOINTS': ({ tooFewDatapoints }) =>
    `Breaching datapoints alone, fewer than M and none of them old enough, ${
      tooFewDatapoints === 'retained' ? 'leave an alarm in its state' : 'make an alarm INSUFFICIENT_DATA'
    }; the CloudWatch guide only says that they do not make ALARM.`,
  'TL-ASSUME-NEEDED-COUNT': ({ neededCount }, unit) =>
    neededCount === 'of-the-period'
      ? `Target tracking multiplies a datapoint by the ${unit}s that ran in its own period; AWS only says that it starts from the running count.`
      : `Target tracking multiplies a datapoint by the ${unit}s that run at the evaluation, or ran before the cooldown that is under way; AWS only says that it starts from the running count.`,
  'TL-ASSUME-TRACKED-VALUE': ({ trackedValue }) =>
    `Target tracking works out what is needed from the ${
      trackedValue === 'newest' ? 'newest datapoint' : 'average of the datapoints'
    } that its alarm looks at; AWS does not say which.`,
  'TL-ASSUME-FLAPPING': ({ predictFlapping }, unit) =>
    predictFlapping
      ? `A scale-in is declined when metric x ${unit}s now / ${unit}s then would be above the target again; AWS does not publish its formula.`
      : 'A scale-in is never declined for fear of flapping; AWS declines some by a formula that it does not publish.',
  'TL-ASSUME-SCALE-IN-IN-COOLDOWN': ({ scaleInDuringScaleOutCooldown }) =>
    `A scale-in is ${scaleInDuringScaleOutCooldown} while a scale-out cooldown runs; AWS does not say which.`,
  'TL-ASSUME-FORECAST': ({ forecastPercentile }) =>
    `Predictive scaling forecasts an hour by a model of its own: the ${
      forecastPercentile === 50 ? 'median' : `${forecastPercentile}th percentile`
    } of the same hour of the day (UTC) on days before, of like weekdays from 7 days of history on, newer ones with more weight, at the level of the last 24 hours. A forecast counts from the next hour on, the first one at once. AWS publishes no formula.`,
  'TL-ASSUME-MANAGED-SCALE-IN': ({ managedScaleInPercent }) =>
    `Managed scaling gives up at most ${managedScaleInPercent} % of the instances a minute, rounded down, and at least one; AWS documents 50 % (5 % before 2022), and not how it rounds.`,
  'TL-ASSUME-RESERVATION': () =>
    'Empty instances lower CapacityProviderReservation by their share of the instances; the ECS guide also says “100 minus the number of empty instances”, which the low alarm below 90 would hardly ever see.',
};

/** The assumptions in force, one plain sentence each, in the order of docs/reference/configuration.md. */
export function assumptionRemarks(environment: Environment): readonly AssumptionRemark[] {
  const { unit, absentAssumptions } = computeFacts(environment);
  return (Object.keys(wordings) as AssumptionCode[])
    .filter((code) => !absentAssumptions.includes(code))
    .filter((code) => code !== 'TL-ASSUME-ANOMALY' || environment.loadBalancer.anomalyMitigation)
    .filter((code) => code !== 'TL-ASSUME-FORECAST' || forecastingPolicies(environment).length > 0)
    .filter((code) => code !== 'TL-ASSUME-WARM-START' || capacityFacts(environment).warmPool !== null)
    .map((code) => ({ code, message: wordings[code](environment.assumptions, unit) }));
}
