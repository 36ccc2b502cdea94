import { instanceTypes } from '../instance-types.ts';
import { type ErrorRule, refuse } from './error-rule.ts';

/** EC2’s metrics come every minute at best. */
export const instanceResolution: ErrorRule = ({ compute, monitoring: { resolutionSeconds } }) =>
  compute.kind !== 'ec2-asg' || resolutionSeconds === 60
    ? []
    : refuse(
        'TL-CONFIG-INSTANCE-METRIC',
        'monitoring.resolutionSeconds',
        `got ${resolutionSeconds}; EC2 publishes CPUUtilization every 60 s at best. Set it to 60`,
      );

/** At most 100 above the minimum (EC2 Auto Scaling API reference, RefreshPreferences). */
export const instanceRefreshBounds: ErrorRule = ({ compute }) => {
  if (compute.kind !== 'ec2-asg') return [];
  const { minimumHealthyPercent, maximumHealthyPercent } = compute.instanceRefresh;
  if (maximumHealthyPercent - minimumHealthyPercent <= 100) return [];
  return refuse(
    'TL-CONFIG-INSTANCE-REFRESH',
    'compute.instanceRefresh',
    `maximumHealthyPercent may be at most 100 above minimumHealthyPercent; got ${minimumHealthyPercent} and ${maximumHealthyPercent}. Raise the first to ${maximumHealthyPercent - 100}, or lower the second to ${minimumHealthyPercent + 100}`,
  );
};

export const instanceStartBounds: ErrorRule = ({
  assumptions: {
    instanceStartSeconds: { min, max },
  },
}) =>
  min <= max
    ? []
    : refuse(
        'TL-CONFIG-TASK-START-BOUNDS',
        'assumptions.instanceStartSeconds',
        `min must be at most max; got min ${min}, max ${max}. Swap them`,
      );

/** Tasks that can never be placed would wait for ever. */
export const roomOnInstance: ErrorRule = ({ compute }) => {
  if (compute.kind !== 'ecs-ec2') return [];
  const { vcpus, registeredMemoryMiB } = instanceTypes[compute.instanceType];
  const [cpu, memory] = [vcpus * 1024, registeredMemoryMiB - compute.reservedMemoryMiB];
  if (compute.cpuUnits <= cpu && compute.memoryMiB <= memory) return [];
  return refuse(
    'TL-CONFIG-INSTANCE-ROOM',
    'compute',
    `a task of ${compute.cpuUnits} CPU units and ${compute.memoryMiB} MiB has no room on a ${compute.instanceType}, which gives tasks ${cpu} CPU units and ${memory} MiB. Make the task smaller, or choose a larger instanceType`,
  );
};

export const instanceBounds: ErrorRule = ({ compute }) => {
  if (compute.kind !== 'ecs-ec2' || compute.instances.min <= compute.instances.max) return [];
  const { min, max } = compute.instances;
  return refuse(
    'TL-CONFIG-INSTANCE-BOUNDS',
    'compute.instances',
    `min must be at most max; got min ${min}, max ${max}. Lower min to ${max}, or raise max to ${min}`,
  );
};
