import type { RunRecord } from '@tideline/evidence';

/**
 * The run as seen by the instances that its tasks ran on: a record whose scaling is theirs, so that what shows tasks
 * shows them too. An instance that is registered counts as healthy. Null where tasks had none of their own.
 */
export function instanceRun(record: RunRecord): RunRecord | null {
  const { capacityProvider, metrics } = record.scaling;
  if (capacityProvider === undefined) return null;
  return {
    ...record,
    scaling: {
      unit: 'instance',
      minTasks: capacityProvider.minInstances,
      maxTasks: capacityProvider.maxInstances,
      timeline: capacityProvider.timeline.map(({ cloudSeconds, desired, active }) => ({
        cloudSeconds,
        desired,
        running: active,
        healthy: active,
      })),
      activities: capacityProvider.activities,
      policies: capacityProvider.policies,
      metrics,
      events: [],
      peakRunning: capacityProvider.peakActive,
      finalRunning: capacityProvider.finalActive,
    },
  };
}
