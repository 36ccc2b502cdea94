import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { appendWhole, messageOf } from '@tideline/process';
import { isRunning, markOf } from '../processes/process-mark.ts';
import { type CgroupVersion } from './cgroup.ts';
import { childrenOf, pidsIn, removeAtEnd, removeInTime, removeNow, textOf } from './cgroup-folder.ts';
import { cgroupV1 } from './cgroup-v1.ts';
import { cgroupV2 } from './cgroup-v2.ts';
import { type CpuGroup, type CpuShares, measuredShares } from './cpu-shares.ts';

const versions: readonly CgroupVersion[] = [cgroupV2, cgroupV1];
const prefix = 'tideline-twin-';

/** Holds tasks by control groups where this machine lets us, and says why not where it does not. Groups that a killed twin left are removed. */
export function cgroupShares(): CpuShares {
  const reasons: string[] = [];
  for (const { version, parent } of places()) {
    removeStale(parent);
    const roof = join(parent, `${prefix}${process.pid}-${markOf(process.pid).startTicks ?? 0}`);
    try {
      raise(version, roof);
      return sharesUnder(version, roof);
    } catch (error) {
      reasons.push(messageOf(error));
      removeNow(roof);
    }
  }
  return measuredShares(
    reasons.length === 0
      ? 'this machine has no control groups that limit CPU time'
      : `this user may not make control groups for CPU time here (${reasons[0] ?? ''})`,
  );
}

const places = (): readonly { readonly version: CgroupVersion; readonly parent: string }[] =>
  versions.flatMap((version) =>
    version
      .parents(textOf('/proc/mounts'), textOf('/proc/self/cgroup'))
      .map((parent) => ({ version, parent })),
  );

/** Makes the folder of this twin’s groups, and tries it with a process. @throws Error */
function raise(version: CgroupVersion, roof: string): void {
  mkdirSync(roof);
  for (const [file, text] of Object.entries(version.roof)) appendWhole(join(roof, file), text);
  const trial = join(roof, 'trial');
  limited(version, trial, 1);
  const { status } = spawnSync('/bin/sh', ['-c', joinCommand('true'), join(trial, 'cgroup.procs')]);
  removeNow(trial);
  if (status !== 0) throw new Error(`no process may enter ${trial}`);
}

/** Shell text that enters the group whose file is `$0`, and goes on as another command. */
export const joinCommand = (command: string): string => `echo $$ >"$0" && ${command}`;

function limited(version: CgroupVersion, folder: string, vCpus: number): void {
  mkdirSync(folder);
  for (const [file, text] of version.limit(vCpus)) appendWhole(join(folder, file), text);
}

const sharesUnder = (version: CgroupVersion, roof: string): CpuShares => ({
  description: `enforced by ${version.name}`,
  isEnforced: true,
  open: (name, vCpus): CpuGroup => {
    const folder = join(roof, name);
    limited(version, folder, vCpus);
    return {
      joinFile: join(folder, 'cgroup.procs'),
      pids: () => pidsIn(folder),
      remove: () => removeInTime(folder),
    };
  },
  close: () => removeAtEnd(roof),
});

/** Twins that were killed left these; a later process of the same number started at another time. */
function removeStale(parent: string): void {
  for (const name of childrenOf(parent)) {
    const [, pid, startTicks] = new RegExp(`^${prefix}(\\d+)-(\\d+)$`).exec(name) ?? [];
    if (pid !== undefined && !isRunning({ pid: Number(pid), startTicks })) removeNow(join(parent, name));
  }
}
