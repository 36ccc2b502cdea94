import type { TaskUsage } from './task-runtime.ts';

/** CPU time and memory out of a task’s Prometheus text; undefined when either is missing. */
export function parseUsage(text: string): Omit<TaskUsage, 'readAtMs'> | undefined {
  const cpuSeconds = sample(text, 'process_cpu_seconds_total');
  const memoryBytes = sample(text, 'process_resident_memory_bytes');
  if (cpuSeconds === undefined || memoryBytes === undefined) return undefined;
  return { cpuSeconds, memoryMiB: memoryBytes / 2 ** 20 };
}

function sample(text: string, name: string): number | undefined {
  const line = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(text)?.[1];
  const value = Number(line);
  return line !== undefined && Number.isFinite(value) ? value : undefined;
}
