import {
  type Environment,
  type ScalingPolicy,
  capacityFacts,
  environmentAlarms,
  managedScaling,
  policyCooldowns,
  policyScaleIn,
  trackingAlarms,
  trackingDefaults,
} from '@tideline/config';
import { metricLagSeconds } from '@tideline/scaling';

/** For what the model leaves out: a task slow to stop, an evaluation that just missed a datapoint. */
const slackSeconds = 300;

/** AWS’s defaults, for when the observed environment’s description was not given. */
const unknownEnvironment = {
  windowSeconds: trackingDefaults.lowPeriods * 60,
  cooldownSeconds: 300,
  fixedSeconds: 150 + 300,
};

/** Some policy may lower the desired count. False: there is no scale-in to wait for. */
export function canScaleIn(environment: Environment): boolean {
  const { policies, suspendedState } = environment.scaling;
  if (suspendedState.dynamicScalingInSuspended || capacityFacts(environment).protectedFromScaleIn)
    return false;
  return policies.some(scalesIn);
}

/**
 * Cloud seconds within which a service without load must be back at its minimum:
 * the longest low-alarm window (with the datapoints it looks back beyond it, and one period to align), the metric lag,
 * one cooldown and one evaluation per task to remove, the longest scale-out cooldown or warm-up still running, draining,
 * and slack. Instances that tasks run on follow once the tasks are gone, which takes their own alarm and warm-up on top.
 *
 * @param steps tasks or instances above the minimum when the load ends.
 */
export function scaleInDeadlineSeconds(environment: Environment | null, steps: number): number {
  if (environment === null) {
    const { windowSeconds, cooldownSeconds, fixedSeconds } = unknownEnvironment;
    return windowSeconds + steps * (cooldownSeconds + 60) + fixedSeconds + slackSeconds;
  }
  const { assumptions, loadBalancer, container } = environment;
  const windowSeconds = Math.max(
    0,
    ...environmentAlarms(environment)
      .scaling.filter(({ moves }) => moves.includes('in'))
      .map(
        ({ evaluationPeriods, periodSeconds }) =>
          (evaluationPeriods + assumptions.extraEvaluationDatapoints + 1) * periodSeconds,
      ),
  );
  const { betweenStepsSeconds, afterScaleOutSeconds } = waits(environment);
  return (
    windowSeconds +
    assumptions.metricLagSeconds +
    steps * (betweenStepsSeconds + 60) +
    afterScaleOutSeconds +
    loadBalancer.deregistrationDelaySeconds +
    container.stopTimeoutSeconds +
    instancesDeadlineSeconds(environment) +
    slackSeconds
  );
}

/**
 * What instances take to follow their tasks: the low alarm of managed scaling (with the datapoints it looks back beyond
 * its window, and one period to align), its metric’s lag, the warm-up of the last one, and an evaluation per instance.
 */
function instancesDeadlineSeconds(environment: Environment): number {
  const { containerInstances, instancesAtRest } = capacityFacts(environment);
  if (containerInstances === null || instancesAtRest === null) return 0;
  const [, alarm] = trackingAlarms(managedScaling(environment, containerInstances));
  if (alarm === undefined) return 0;
  const steps = containerInstances.instances.max - instancesAtRest.atLeast;
  return (
    (alarm.evaluationPeriods + environment.assumptions.extraEvaluationDatapoints + 1 + steps) *
      alarm.periodSeconds +
    metricLagSeconds(environment, alarm.periodSeconds) +
    environment.assumptions.instanceStartSeconds.max +
    containerInstances.instanceWarmupSeconds
  );
}

/** What holds a scale-in back: cooldowns of a service, or what a group’s last instances take to start and to warm up. */
function waits(environment: Environment): {
  readonly betweenStepsSeconds: number;
  readonly afterScaleOutSeconds: number;
} {
  const { assumptions, scaling } = environment;
  const { warmupSeconds } = capacityFacts(environment);
  if (warmupSeconds !== null)
    return {
      betweenStepsSeconds: 0,
      afterScaleOutSeconds: assumptions.instanceStartSeconds.max + warmupSeconds,
    };
  return {
    betweenStepsSeconds: Math.max(
      0,
      ...scaling.policies
        .filter(scalesIn)
        .map((policy) => policyCooldowns(policy, environment).scaleInSeconds),
    ),
    afterScaleOutSeconds: Math.max(
      0,
      ...scaling.policies.map((policy) => policyCooldowns(policy, environment).scaleOutSeconds),
    ),
  };
}

/** Scheduled actions scale in at their times, and not because the load has ended. */
function scalesIn(policy: ScalingPolicy): boolean {
  const scaleIn = policyScaleIn(policy);
  return scaleIn === 'together' || scaleIn === 'alone';
}
