import {
  type Environment,
  codeDeployRelease,
  computeFacts,
  computeKinds,
  shiftMinutes,
  testTrafficSeconds,
} from '@tideline/config';

/** For CodeDeploy’s own work between the phases of a release. */
const codeDeployMinutes = 10;

/** How long the pipeline waits for a steady service unless told: the longest that it takes when all goes well. */
export function steadyDeadlineSeconds(environment: Environment): number {
  const release = codeDeployRelease(environment);
  if (release === null) return computeFacts(environment).rolloutSeconds;
  const { shift, healthyWithinMinutes, terminationWaitMinutes } = release;
  const minutes = healthyWithinMinutes + shiftMinutes(shift) + terminationWaitMinutes + codeDeployMinutes;
  return minutes * 60 + (release.testTraffic.enabled ? testTrafficSeconds(release.testTraffic) : 0);
}

const rollouts = Object.values(computeKinds).map(
  ({ rolloutSeconds, label }) => `${rolloutSeconds} for ${label}`,
);

/** The default as the help of the option has it. */
export const steadyDeadlineText = `${rollouts.join(', ')}, as long as it may take for a blue/green release`;
