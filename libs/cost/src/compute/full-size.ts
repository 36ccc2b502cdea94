import { type Environment, instanceTypes } from '@tideline/config';

/**
 * The environment as AWS would run it. On one machine an instance counts with `assumptions.instanceCpuUnits`; a bill is
 * about instances that have all of their vCPUs.
 */
export function atFullSize(environment: Environment): Environment {
  const { compute, assumptions } = environment;
  switch (compute.kind) {
    case 'fargate':
    case 'ecs-ec2':
      return environment;
    case 'ec2-asg': {
      const instanceCpuUnits = instanceTypes[compute.instanceType].vcpus * 1024;
      return { ...environment, assumptions: { ...assumptions, instanceCpuUnits } };
    }
  }
}
