import { readFileSync } from 'node:fs';
import { findSystemProgram } from '../process/find-system-program.ts';

/** Cores as `taskset -c` names them. */
export interface Cores {
  /** One core, for the server that is measured. */
  readonly measured: string;
  /** All others, for the load and what stands behind a proxy. */
  readonly others: string;
}

/**
 * Cores of which the measured server gets one for itself.
 * @returns the reason, with what would change it, where this machine cannot keep programs apart
 */
export function chooseCores(searchPath: string): Cores | { readonly reason: string } {
  if (process.platform !== 'linux')
    return { reason: `CPU time is read from /proc, which ${process.platform} lacks; run it on Linux` };
  if (findSystemProgram('taskset', searchPath) === undefined)
    return {
      reason:
        'taskset was not found on PATH; install it (Debian and Ubuntu: apt-get install util-linux) and run again',
    };
  if (findSystemProgram('wrk', searchPath) === undefined)
    return {
      reason: 'wrk was not found on PATH; install it (Debian and Ubuntu: apt-get install wrk) and run again',
    };
  return splitCores(readFileSync('/proc/self/status', 'utf8'));
}

/** @param status content of /proc/self/status, whose `Cpus_allowed_list` reads like `0-3,6` */
export function splitCores(status: string): Cores | { readonly reason: string } {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '';
  const cores = list.split(',').flatMap((range) => {
    const [first = NaN, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  const [measured, ...others] = cores;
  if (measured === undefined || others.length === 0)
    return {
      reason: `two cores are needed, one of them for the measured server alone; this process may use "${list}"`,
    };
  return { measured: String(measured), others: others.join(',') };
}
