import { dirname, join } from 'node:path';
import { type CgroupVersion, mountsOf, periodMicroseconds, quotaMicroseconds } from './cgroup.ts';

/** Version 2 (kernel documentation, “Control Group v2”): a group that holds processes gives its children no controllers, so ours go beside it or above. */
export const cgroupV2: CgroupVersion = {
  name: 'cgroup v2',
  parents: (mounts, own) => {
    const path = /^0::(\/.*)$/m.exec(own)?.[1];
    const mount = mountsOf(mounts, 'cgroup2')[0]?.folder;
    return path === undefined || mount === undefined ? [] : above(path).map((folder) => join(mount, folder));
  },
  roof: { 'cgroup.subtree_control': '+cpu' },
  limit: (vCpus) => [['cpu.max', `${quotaMicroseconds(vCpus)} ${periodMicroseconds}`]],
};

/** The groups above one, the nearest first; the root alone is above itself, since it gives controllers and holds processes. */
function above(path: string): readonly string[] {
  const parent = dirname(path);
  return parent === '/' ? ['/'] : [parent, ...above(parent)];
}
