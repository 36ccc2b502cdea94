import type { EnvironmentInput } from '../environment.ts';

/** A promotional storefront on ECS with EC2 capacity: tasks follow CPU, instances follow tasks. */
export const flashSale: EnvironmentInput = {
  preset: 'flash-sale',
  compute: {
    kind: 'ecs-ec2',
    cpuUnits: 256,
    memoryMiB: 512,
    instanceType: 't2.small',
    instances: { min: 1, max: 3 },
    // All three tasks would fit on one instance, which has one vCPU to share among them: a sale is no time for that.
    taskPerInstance: true,
  },
  container: { port: 80, cpuMillisecondsPerRequest: 2 },
  loadBalancer: { deregistrationDelaySeconds: 30 },
  healthCheck: { healthyThreshold: 2, gracePeriodSeconds: 60 },
  // At three tasks on three instances a new one has room only where an old one has left.
  deployment: { minimumHealthyPercent: 66 },
  capacity: { min: 1, max: 3, desired: 1 },
  sessions: { store: 'redis' },
  // 100 buyers of at most 5 units each want more.
  storefront: { enabled: true, stock: 300 },
  scaling: {
    policies: [
      {
        type: 'target-tracking',
        name: 'cpu',
        metric: { kind: 'cpu', targetPercent: 50 },
        scaleOutCooldownSeconds: 30,
        scaleInCooldownSeconds: 30,
      },
    ],
  },
  load: { profile: 'flash', expectedPeak: 3 },
};
