import { type Environment, capacityFacts, collectorShare } from '@tideline/config';

/** vCPUs that a task’s program may use at once, without what a collector of traces takes. One of Fargate has its share and no more; one on an instance may burst to all of the instance. */
export function mostCpus(environment: Environment): number {
  const { unit, highestCpuPercent } = capacityFacts(environment);
  const cpuUnits = unit.cpuUnits * (highestCpuPercent / 100) - collectorShare(environment).cpuUnits;
  return cpuUnits / 1024;
}
