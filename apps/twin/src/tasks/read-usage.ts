import { parseUsage } from './parse-usage.ts';
import type { TaskUsage } from './task-runtime.ts';

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
