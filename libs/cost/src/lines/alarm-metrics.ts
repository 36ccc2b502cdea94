import { type AlarmFacts, type Environment, environmentAlarms, watchedMetrics } from '@tideline/config';

/** Period from which on CloudWatch bills an alarm as a standard one, seconds. */
const standardPeriodSeconds = 60;

/** Alarms, and the metrics that they watch: each of these is billed. */
export interface BilledAlarms {
  readonly alarms: number;
  readonly metrics: number;
}

const billed = (alarms: readonly AlarmFacts[]): BilledAlarms => ({
  alarms: alarms.length,
  metrics: alarms.reduce((sum, alarm) => sum + watchedMetrics(alarm).length, 0),
});

/** Alarms that a topic reports. */
export const serviceAlarmMetrics = (environment: Environment): BilledAlarms =>
  billed(environmentAlarms(environment).service);

/** Alarms that roll a release back. */
export const releaseAlarmMetrics = (environment: Environment): BilledAlarms =>
  billed(environmentAlarms(environment).release);

/** Metrics of the alarms that set off scaling, of tasks and of the instances below them, by how they are billed. */
export function scalingAlarmMetrics(environment: Environment): {
  readonly standard: number;
  readonly highResolution: number;
} {
  const { scaling, managedScaling } = environmentAlarms(environment);
  const isStandard = ({ periodSeconds }: AlarmFacts) => periodSeconds >= standardPeriodSeconds;
  return {
    standard: billed([...scaling, ...managedScaling].filter(isStandard)).metrics,
    highResolution: billed(scaling.filter((alarm) => !isStandard(alarm))).metrics,
  };
}
