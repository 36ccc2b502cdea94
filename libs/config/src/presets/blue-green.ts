import type { EnvironmentInput } from '../environment.ts';

/** A private Fargate API behind an HTTP API, released by CodeDeploy, with one step out and one step in on CPU. */
export const blueGreen: EnvironmentInput = {
  preset: 'blue-green',
  compute: { kind: 'fargate', cpuUnits: 256, memoryMiB: 512 },
  ingress: { kind: 'api-gateway', stage: 'dev' },
  // 25 requests/s of the profile keep 1 task at 100 % and 3 tasks at 33 %, between the two thresholds.
  container: { port: 3000, basePath: '/dev', cpuMillisecondsPerRequest: 10, stressRoutes: true },
  healthCheck: { healthyThreshold: 2, intervalSeconds: 10, gracePeriodSeconds: 60 },
  loadBalancer: { deregistrationDelaySeconds: 30 },
  // CodeDeploy’s own 60 minutes would outlive the workflow’s job and its session, which then could not report the failure.
  release: { kind: 'blue-green', shift: { kind: 'canary' }, healthyWithinMinutes: 15 },
  capacity: { min: 1, max: 4, desired: 1 },
  scaling: {
    policies: [
      {
        type: 'step',
        name: 'cpu-high',
        metric: { kind: 'cpu' },
        alarm: { comparison: 'GreaterThanOrEqualToThreshold', threshold: 50 },
        steps: [{ lowerBound: 0, adjustment: 1 }],
        cooldownSeconds: 60,
      },
      {
        type: 'step',
        name: 'cpu-low',
        metric: { kind: 'cpu' },
        alarm: { comparison: 'LessThanOrEqualToThreshold', threshold: 20 },
        steps: [{ upperBound: 0, adjustment: -1 }],
        cooldownSeconds: 60,
      },
    ],
  },
  load: { profile: 'steady' },
};
