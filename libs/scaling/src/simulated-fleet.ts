import { type Environment } from '@tideline/config';
import type { WarmupCounts } from './scaling-decision.ts';
import { SimulatedHostedTasks } from './simulated-hosted-tasks.ts';
import { SimulatedInstances } from './simulated-instances.ts';
import { SimulatedTasks } from './simulated-tasks.ts';

/** The capacity behind a simulated service: follows the desired count after a while. */
export interface SimulatedFleet {
  /** Units that serve requests. */
  readonly running: number;
  /** Of those, the ones whose CPU counts. */
  readonly measured: number;
  readonly warmup: WarmupCounts | null;
  /** When a count changes next by itself; Infinity when none will. */
  readonly nextChangeSeconds: number;
  /** Applies the changes whose time has come. */
  advance(nowSeconds: number): void;
  setDesired(desired: number, nowSeconds: number): void;
}

/** How long starts take, and which of the times inside the bounds they get. */
export interface SimulatedStart {
  readonly startSeconds: { readonly min: number; readonly max: number };
  readonly seed: number;
}

/** The fleet that the environment’s compute flavour has, with its desired count running. */
export function simulatedFleet(environment: Environment, seed: number): SimulatedFleet {
  const { compute, capacity, assumptions } = environment;
  switch (compute.kind) {
    case 'fargate':
      return new SimulatedTasks(capacity.desired, { startSeconds: assumptions.taskStartSeconds, seed });
    case 'ecs-ec2':
      return new SimulatedHostedTasks(compute, environment, seed);
    case 'ec2-asg':
      return new SimulatedInstances(capacity.desired, {
        startSeconds: assumptions.instanceStartSeconds,
        warmupSeconds: compute.warmupSeconds,
        seed,
      });
  }
}
