import type { Environment } from '@tideline/config';
import type { SimulatedFleet } from './simulated-fleet.ts';
import { SimulatedHostedTasks } from './simulated-hosted-tasks.ts';
import { SimulatedInstances } from './simulated-instances.ts';
import { SimulatedTasks } from './simulated-tasks.ts';

/** The fleet that the environment’s compute flavour has, with its desired count running. */
export function createSimulatedFleet(environment: Environment, seed: number): SimulatedFleet {
  const { compute, capacity, assumptions, loadBalancer } = environment;
  switch (compute.kind) {
    case 'fargate':
      return new SimulatedTasks(capacity.desired, { startSeconds: assumptions.taskStartSeconds, seed });
    case 'ecs-ec2':
      return new SimulatedHostedTasks(compute, environment, seed);
    case 'ec2-asg':
      return new SimulatedInstances(capacity.desired, {
        startSeconds: assumptions.instanceStartSeconds,
        warmupSeconds: compute.warmupSeconds,
        isProtected: compute.protectFromScaleIn,
        warmPool: compute.warmPool,
        warmStartSeconds: assumptions.warmStartSeconds,
        max: capacity.max,
        drainSeconds: loadBalancer.deregistrationDelaySeconds,
        seed,
      });
  }
}
