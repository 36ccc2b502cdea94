import { type Environment, capacityFacts } from '@tideline/config';

/** vCPUs that a task may use at once. One of Fargate has its share and no more; one on an instance may burst to all of the instance. */
export function mostCpus(environment: Environment): number {
  const { unit, highestCpuPercent } = capacityFacts(environment);
  return (unit.cpuUnits / 1024) * (highestCpuPercent / 100);
}
