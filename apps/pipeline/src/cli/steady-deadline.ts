import { type Environment, shiftMinutes } from '@tideline/config';

/** Instances boot, warm up and drain, where tasks start and stop; a task on an instance may wait for one to boot. */
const rolloutSeconds = { fargate: 900, 'ecs-ec2': 1800, 'ec2-asg': 2700 } as const;

/** For CodeDeploy’s own work between the phases of a release. */
const codeDeployMinutes = 10;

/** How long the pipeline waits for a steady service unless told: the longest that it takes when all goes well. */
export function steadyDeadlineSeconds({ compute, release }: Environment): number {
  if (release.kind === 'rolling') return rolloutSeconds[compute.kind];
  const { shift, healthyWithinMinutes, terminationWaitMinutes } = release;
  const minutes = healthyWithinMinutes + shiftMinutes(shift) + terminationWaitMinutes + codeDeployMinutes;
  return minutes * 60;
}

/** The same for whoever types the option. */
export const steadyDeadlineText = `${rolloutSeconds.fargate} for tasks, ${rolloutSeconds['ecs-ec2']} for tasks on instances, ${rolloutSeconds['ec2-asg']} for instances, as long as it may take for a blue/green release`;
