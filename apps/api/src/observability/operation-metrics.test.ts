import { describe, expect, test } from '@jest/globals';
import { OperationMetrics } from './operation-metrics.ts';

class Fault extends Error {}
const isFailure = (error: unknown): boolean => error instanceof Fault;

function setUp() {
  let nowMs = 0;
  const changes: string[] = [];
  const metrics = new OperationMetrics({
    name: 'a_store',
    kind: 'a-kind',
    status: () => ({ up: true, conflictCount: 7 }),
    now: () => nowMs,
    onChange: (change) => changes.push(change),
  });
  const run = (durationMs: number, error?: Error) =>
    metrics.measure(
      'read',
      () => {
        nowMs += durationMs;
        return error === undefined ? Promise.resolve('answer') : Promise.reject(error);
      },
      isFailure,
    );
  return { metrics, changes, run };
}

describe('OperationMetrics', () => {
  test('counts, times and passes on what an operation gives', async () => {
    const { metrics, run } = setUp();
    expect(await run(3)).toBe('answer');
    expect(await run(20_000)).toBe('answer');
    const text = metrics.render();
    for (const line of [
      'a_store_up{kind="a-kind"} 1',
      'a_store_conflicts_total 7',
      'a_store_operation_errors_total{operation="read"} 0',
      'a_store_operation_duration_seconds_bucket{operation="read",le="0.0025"} 0',
      'a_store_operation_duration_seconds_bucket{operation="read",le="0.005"} 1',
      'a_store_operation_duration_seconds_bucket{operation="read",le="+Inf"} 2',
      'a_store_operation_duration_seconds_sum{operation="read"} 20.003',
      'a_store_operation_duration_seconds_count{operation="read"} 2',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
  });

  test('tells once when the store goes and once when it is back, and nothing of other errors', async () => {
    const { metrics, changes, run } = setUp();
    await expect(run(1, new Error('a caller’s mistake'))).rejects.toThrow('a caller’s mistake');
    expect(changes).toEqual([]);
    await expect(run(1, new Fault())).rejects.toBeInstanceOf(Fault);
    await expect(run(1, new Fault())).rejects.toBeInstanceOf(Fault);
    expect(metrics.render()).toContain('a_store_up{kind="a-kind"} 0');
    expect(metrics.render()).toContain('a_store_operation_errors_total{operation="read"} 2');
    await run(1);
    expect(changes).toEqual(['down', 'up']);
    expect(metrics.render()).toContain('a_store_up{kind="a-kind"} 1');
  });
});
