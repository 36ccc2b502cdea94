import { type Environment, computeFacts } from '@tideline/config';
import type { NoticedAfterSeconds } from '../tasks/task.ts';

/**
 * How soon AWS deregisters what has died, unless its health checks are earlier.
 *
 * - A task: the agent reports a container that has stopped (Amazon ECS guide, task state change events), and the service
 *   scheduler deregisters the target. The time in between is not published; users see 502 for 3 to 5 s
 *   (aws/containers-roadmap 708).
 * - An instance: EC2 makes its status checks every minute (EC2 guide), and the Auto Scaling group replaces what fails them
 *   (EC2 Auto Scaling guide, health checks), which deregisters the targets on it.
 * - A zone: only health checks are documented to take targets out of rotation (Application Load Balancer guide). Instances in it
 *   fail their status checks as well.
 * - An application that its instance starts again: nothing at AWS looks at it but the health checks.
 */
export function noticedAfterSeconds(
  environment: Pick<Environment, 'assumptions' | 'compute'>,
): NoticedAfterSeconds {
  const { taskExit, instanceLoss, zoneLoss } = environment.assumptions.deadTargetSeconds;
  const byItself = zoneLoss ?? Infinity;
  return {
    'task-exit': taskExit,
    'application-exit': Infinity,
    'instance-loss': instanceLoss,
    'zone-loss': computeFacts(environment).hasInstances ? Math.min(byItself, instanceLoss) : byItself,
  };
}
