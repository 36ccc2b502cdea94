import type { CpuPool } from '../cpu/cpu-pool.ts';
import { problem } from './problem.ts';
import type { Reply } from './reply.ts';

/**
 * Spends the configured CPU time of a request.
 *
 * @param cpu threads that spend it; undefined when that is none
 * @returns undefined when there is none to wait for, the work under way, or the problem that there is too much of it
 */
export function startCpuWork(cpu: CpuPool | undefined): Promise<void> | Reply | undefined {
  if (cpu === undefined) return undefined;
  const work = cpu.spend();
  if (work !== 'full') return work;
  return problem('overloaded', `${cpu.queueLimit} requests wait for CPU already; try again later.`, {
    headers: { 'retry-after': '1' },
  });
}
