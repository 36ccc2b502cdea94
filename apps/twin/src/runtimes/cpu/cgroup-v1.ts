import { join } from 'node:path';
import { type CgroupVersion, mountsOf, periodMicroseconds, quotaMicroseconds } from './cgroup.ts';

/** The `cpu` controller of version 1 (kernel documentation, “CFS Bandwidth Control”). */
export const cgroupV1: CgroupVersion = {
  name: 'cgroup v1',
  parents: (mounts, own) => {
    const path = own
      .split('\n')
      .map((line) => line.split(':'))
      .find(([, controllers]) => controllers?.split(',').includes('cpu') === true)?.[2];
    return mountsOf(mounts, 'cgroup')
      .filter(({ options }) => options.includes('cpu'))
      .flatMap(({ folder }) => [...new Set([join(folder, path ?? '/'), join(folder, '/')])]);
  },
  roof: {},
  limit: (vCpus) => [
    ['cpu.cfs_period_us', String(periodMicroseconds)],
    ['cpu.cfs_quota_us', String(quotaMicroseconds(vCpus))],
  ],
};
