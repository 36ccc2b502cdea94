import type { EnvironmentInput } from '../environment.ts';

/**
 * A request-driven Fargate service: requests per target and CPU, 2 to 6 tasks. The target tracks: 375 requests/s are
 * 22,500 a minute, which is 5.8 tasks of 3,900. Six get 3,750 each, inside the band from 90 % of the target up to it.
 */
export const loadDriven: EnvironmentInput = {
  preset: 'load-driven',
  compute: { kind: 'fargate', cpuUnits: 256, memoryMiB: 512 },
  healthCheck: {
    path: '/health',
    intervalSeconds: 30,
    timeoutSeconds: 5,
    healthyThreshold: 2,
    unhealthyThreshold: 2,
  },
  loadBalancer: { deregistrationDelaySeconds: 30 },
  capacity: { min: 2, max: 6, desired: 2 },
  scaling: {
    policies: [
      {
        type: 'target-tracking',
        name: 'requests-per-target',
        metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 3900 },
        scaleInCooldownSeconds: 120,
      },
      {
        type: 'target-tracking',
        name: 'cpu',
        metric: { kind: 'cpu', targetPercent: 50 },
        scaleInCooldownSeconds: 120,
      },
    ],
  },
  load: { profile: 'headline' },
};
