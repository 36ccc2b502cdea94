import type { Environment } from '../environment.ts';

/**
 * Task counts, of those that scaling may reach, at which a rolling deployment can neither stop an old task nor start a new one.
 * ECS rounds the healthy minimum up and the maximum down (API reference, DeploymentConfiguration).
 */
export function stuckTaskCounts({ capacity, deployment }: Environment): readonly number[] {
  const stuck: number[] = [];
  for (let tasks = Math.max(capacity.min, 1); tasks <= capacity.max; tasks += 1) {
    const fewest = Math.ceil((tasks * deployment.minimumHealthyPercent) / 100);
    const most = Math.floor((tasks * deployment.maximumPercent) / 100);
    if (fewest >= tasks && most <= tasks) stuck.push(tasks);
  }
  return stuck;
}
