import type { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { Token } from 'cdktf';

/** The root device of Amazon Linux 2023. */
const rootDevice = '/dev/xvda';

/** The one disk of an instance, as a launch template takes it: encrypted, and gone with the instance. */
export const rootVolume = ({ rootVolumeGiB }: { readonly rootVolumeGiB: number }) => ({
  deviceName: rootDevice,
  ebs: { volumeSize: rootVolumeGiB, volumeType: 'gp3', encrypted: 'true', deleteOnTermination: 'true' },
});

/** Metrics of an Auto Scaling group itself, each minute and free of charge; alarms and the dashboard read them. */
export const groupMetrics: string[] = [
  'GroupDesiredCapacity',
  'GroupInServiceInstances',
  'GroupMaxSize',
  'GroupMinSize',
  'GroupPendingInstances',
  'GroupTerminatingInstances',
  'GroupTotalInstances',
];

/** Metrics of a warm pool and of the group with it, as free as those of the group. */
export const warmPoolMetrics: string[] = [
  'GroupAndWarmPoolDesiredCapacity',
  'GroupAndWarmPoolTotalCapacity',
  'WarmPoolDesiredCapacity',
  'WarmPoolMinSize',
  'WarmPoolPendingCapacity',
  'WarmPoolTerminatingCapacity',
  'WarmPoolTotalCapacity',
  'WarmPoolWarmedCapacity',
];

/** A launch template with the version that the next instance runs, as `id:version`. */
export const latestVersionOf = ({ id, latestVersion }: LaunchTemplate): string =>
  `${id}:${Token.asString(latestVersion)}`;
