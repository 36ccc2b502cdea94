import { describe, expect, test } from '@jest/globals';
import { quotaMicroseconds } from './cgroup.ts';
import { cgroupV1 } from './cgroup-v1.ts';
import { cgroupV2 } from './cgroup-v2.ts';

const hybrid = `proc /proc proc rw 0 0
cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,relatime,cpu,cpuacct 0 0
cgroup /sys/fs/cgroup/cpuset cgroup rw,relatime,cpuset 0 0
`;
const unified = 'cgroup2 /sys/fs/cgroup cgroup2 rw,nosuid,nsdelegate 0 0\n';

describe('where groups of version 1 may be made', () => {
  test('is below the own group, else at the top', () => {
    const own = '5:cpuset:/other\n4:cpu,cpuacct:/user.slice\n0::/\n';
    expect(cgroupV1.parents(hybrid, own)).toEqual([
      '/sys/fs/cgroup/cpu,cpuacct/user.slice',
      '/sys/fs/cgroup/cpu,cpuacct/',
    ]);
    expect(cgroupV1.parents(hybrid, '1:cpu:/\n')).toEqual(['/sys/fs/cgroup/cpu,cpuacct/']);
  });

  test('is nowhere without the controller', () => {
    expect(cgroupV1.parents(unified, '0::/\n')).toEqual([]);
  });
});

describe('where groups of version 2 may be made', () => {
  test('is above the own group, the nearest first: a group that holds processes has no controllers to give', () => {
    const own = '0::/user.slice/user-1000.slice/user@1000.service/app.slice/terminal.scope\n';
    expect(cgroupV2.parents(unified, own)).toEqual([
      '/sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service/app.slice',
      '/sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service',
      '/sys/fs/cgroup/user.slice/user-1000.slice',
      '/sys/fs/cgroup/user.slice',
      '/sys/fs/cgroup/',
    ]);
    expect(cgroupV2.parents(unified, '0::/\n')).toEqual(['/sys/fs/cgroup/']);
  });

  test('is nowhere where nothing is mounted', () => {
    expect(cgroupV2.parents('', '0::/\n')).toEqual([]);
  });
});

test('a quarter of a vCPU is 25 ms of each 100 ms, and the kernel’s shortest quota is 1 ms', () => {
  expect(quotaMicroseconds(0.25)).toBe(25_000);
  expect(quotaMicroseconds(0.001)).toBe(1000);
  expect(cgroupV2.limit(2)).toEqual([['cpu.max', '200000 100000']]);
  expect(cgroupV1.limit(0.5)).toEqual([
    ['cpu.cfs_period_us', '100000'],
    ['cpu.cfs_quota_us', '50000'],
  ]);
});
