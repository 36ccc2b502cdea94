import type { TaskUsage } from '../tasks/task-runtime.ts';

/** A task that does not answer within this time has no datapoint. */
const timeoutMs = 2000;

/** Reads a task’s CPU time and memory from its Prometheus endpoint; undefined when it does not answer. */
export async function readUsage(metricsPort: number): Promise<TaskUsage | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${metricsPort}/metrics`, {
      signal: AbortSignal.timeout(timeoutMs),
    });
    const usage = parseUsage(await response.text());
    return usage && { ...usage, readAtMs: performance.now() };
  } catch {
    return undefined;
  }
}

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
