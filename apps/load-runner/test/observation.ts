import type { Observation } from '@tideline/evidence';

/** A service at rest with two tasks, for tests to change. */
export const observationAt = (
  cloudSeconds: number,
  changes: Partial<Omit<Observation, 'service'>> & {
    readonly service?: Partial<Observation['service']>;
  } = {},
): Observation => ({
  cloudSeconds,
  speed: 1,
  capacity: { min: 2, max: 6 },
  deploymentInProgress: false,
  policies: [],
  activities: [],
  metrics: [],
  events: [],
  ...changes,
  service: { desired: 2, pending: 0, running: 2, healthy: 2, unhealthy: 0, draining: 0, ...changes.service },
});

/** A policy with both its alarms in the given states. */
export const policyWith = (high: 'OK' | 'ALARM', low: 'OK' | 'ALARM'): Observation['policies'][number] => ({
  name: 'requests',
  metricKey: 'AWS/ApplicationELB/RequestCountPerTarget/Sum',
  target: 50,
  alarms: [
    { name: 'high', comparison: '>', threshold: 50, state: high },
    { name: 'low', comparison: '<', threshold: 45, state: low },
  ],
});
