/** How a version of Linux’s control groups limits CPU time. */
export interface CgroupVersion {
  /** As reports name it. */
  readonly name: string;
  /**
   * Folders in which a group of ours may be made, best first; empty where this version limits no CPU time here.
   * @param mounts /proc/mounts @param own /proc/self/cgroup
   */
  readonly parents: (mounts: string, own: string) => readonly string[];
  /** What a folder that holds the groups of tasks needs: text by file. */
  readonly roof: Readonly<Record<string, string>>;
  /** What holds a task to this many vCPUs: text by file, in the order in which it is to be written. */
  readonly limit: (vCpus: number) => readonly (readonly [file: string, text: string])[];
}

/** Period over which CPU time is counted, of the kernel’s default. */
export const periodMicroseconds = 100_000;
/** The kernel takes no shorter quota. */
const shortestQuotaMicroseconds = 1000;

export const quotaMicroseconds = (vCpus: number): number =>
  Math.max(shortestQuotaMicroseconds, Math.round(vCpus * periodMicroseconds));

/** Mounted control groups of a type: folder and options. A space in a path is written as \040 (fstab(5)). */
export const mountsOf = (
  mounts: string,
  type: string,
): readonly { readonly folder: string; readonly options: readonly string[] }[] =>
  mounts.split('\n').flatMap((line) => {
    const [, folder, kind, options] = line.split(' ');
    return folder === undefined || options === undefined || kind !== type
      ? []
      : { folder: folder.replaceAll('\\040', ' '), options: options.split(',') };
  });
