import type { EnvironmentInput } from '../environment.ts';

/** A plain Fargate service behind an ALB: CPU at 60 %, and a grace period so that slow boots are not killed. */
export const fargateAlb: EnvironmentInput = {
  preset: 'fargate-alb',
  compute: { kind: 'fargate', cpuUnits: 256, memoryMiB: 512 },
  container: { port: 3000, cpuMillisecondsPerRequest: 20 },
  healthCheck: { gracePeriodSeconds: 60, healthyThreshold: 2 },
  loadBalancer: { deregistrationDelaySeconds: 30 },
  capacity: { min: 2, max: 6, desired: 2 },
  scaling: {
    policies: [
      {
        type: 'target-tracking',
        name: 'cpu',
        metric: { kind: 'cpu', targetPercent: 60 },
      },
    ],
  },
  load: { profile: 'steady' },
};
