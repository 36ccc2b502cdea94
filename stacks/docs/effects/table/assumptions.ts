import { type Effect, type Effects, onlyPolicy } from '../effect.ts';

const simulated = (set: string, more: Partial<Effect> = {}): Effect => ({ set, in: 'simulation', ...more });
const group = { preset: 'stateless-asg' } as const;
/** Tasks that need many instances under load. */
const manyHosts = {
  preset: 'flash-sale',
  beside: ['capacity.max=20', 'compute.instances.max=20', 'container.cpuMillisecondsPerRequest=10'],
} as const;
/** A scale-out whose cooldown is still running when the load is gone. */
const longCooldown = {
  beside: [
    onlyPolicy({
      type: 'target-tracking',
      name: 'requests',
      metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 3900 },
      scaleOutCooldownSeconds: 3600,
    }),
  ],
} as const;
const queueAlarm = (alarm: Readonly<Record<string, unknown>>) => ({
  beside: [
    onlyPolicy({
      type: 'step',
      name: 'queue',
      metric: { kind: 'custom', namespace: 'Shop', metricName: 'Backlog' },
      alarm: { comparison: 'GreaterThanThreshold', threshold: 50, ...alarm },
      steps: [{ lowerBound: 0, adjustment: 1 }],
      aggregation: 'Maximum',
    }),
  ],
});
const queue = queueAlarm({ evaluationPeriods: 3 });
const fiveInARow = queueAlarm({ evaluationPeriods: 5 });
const requestTarget = (requestsPerTargetPerMinute: number) => ({
  beside: [
    onlyPolicy({
      type: 'target-tracking',
      name: 'requests',
      metric: { kind: 'requests-per-target', requestsPerTargetPerMinute },
      scaleInCooldownSeconds: 120,
    }),
  ],
});
const requests = requestTarget(3900);
const lowTarget = requestTarget(1500);

/** What AWS does not publish; where the simulator has no model of it, the twin’s suite shows it. */
export const assumptionEffects: Effects = {
  'assumptions.metricLagSeconds': simulated('assumptions.metricLagSeconds=20'),
  'assumptions.taskStartSeconds.min': simulated('assumptions.taskStartSeconds.min=5'),
  'assumptions.taskStartSeconds.max': simulated('assumptions.taskStartSeconds.max=90'),
  'assumptions.instanceStartSeconds.min': simulated('assumptions.instanceStartSeconds.min=5', group),
  'assumptions.instanceStartSeconds.max': simulated('assumptions.instanceStartSeconds.max=240', group),
  'assumptions.warmStartSeconds.min': simulated('assumptions.warmStartSeconds.min=5', {
    ...group,
    beside: ['compute.warmPool={"minSize":4}', 'compute.rootVolumeGiB=20'],
  }),
  'assumptions.warmStartSeconds.max': simulated('assumptions.warmStartSeconds.max=200', {
    ...group,
    beside: ['compute.warmPool={"minSize":4}', 'compute.rootVolumeGiB=20'],
  }),
  'assumptions.instanceCpuUnits': simulated('assumptions.instanceCpuUnits=1024', group),
  'assumptions.scaleInSteps': simulated('assumptions.scaleInSteps=proportional'),
  'assumptions.idleRequests': simulated('assumptions.idleRequests=missing', requests),
  'assumptions.extraEvaluationDatapoints': simulated('assumptions.extraEvaluationDatapoints=0', queue),
  'assumptions.prematureAlarm': simulated('assumptions.prematureAlarm=evaluation-periods', fiveInARow),
  'assumptions.tooFewDatapoints': simulated('assumptions.tooFewDatapoints=insufficient-data', queue),
  'assumptions.neededCount': simulated('assumptions.neededCount=now'),
  'assumptions.trackedValue': simulated('assumptions.trackedValue=average'),
  'assumptions.warmingInstances': simulated('assumptions.warmingInstances=measured', {
    ...group,
    beside: ['capacity.max=30', ...lowTarget.beside],
  }),
  'assumptions.predictFlapping': simulated('assumptions.predictFlapping=false'),
  'assumptions.scaleInDuringScaleOutCooldown': simulated(
    'assumptions.scaleInDuringScaleOutCooldown=allowed',
    longCooldown,
  ),
  'assumptions.forecastPercentile': simulated('assumptions.forecastPercentile=90', {
    ...group,
    beside: [
      onlyPolicy({
        type: 'predictive',
        name: 'ahead',
        metric: { kind: 'cpu', targetPercent: 50 },
        mode: 'ForecastAndScale',
      }),
      `local.hourlyRequestsPerSecond=${JSON.stringify(Array.from({ length: 96 }, (_, hour) => (hour % 24 < 8 ? 20 : 200 + hour)))}`,
    ],
  }),
  'assumptions.managedScaleInPercent': simulated('assumptions.managedScaleInPercent=5', manyHosts),
};
