/** The root device of Amazon Linux 2023. */
const rootDevice = '/dev/xvda';

/** The one disk of an instance, as a launch template takes it: encrypted, and gone with the instance. */
export const rootVolume = ({ rootVolumeGiB }: { readonly rootVolumeGiB: number }) => ({
  deviceName: rootDevice,
  ebs: { volumeSize: rootVolumeGiB, volumeType: 'gp3', encrypted: 'true', deleteOnTermination: 'true' },
});
