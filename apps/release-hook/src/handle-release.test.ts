import { describe, expect, test } from '@jest/globals';
import { type TestAnswer, sendTestTraffic } from '@tideline/evidence/test-traffic';
import fc from 'fast-check';
import { type HookParts, handleRelease } from './handle-release.ts';
import type { HookSettings } from './hook-settings.ts';

const event = { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'hook-1' };
const settings: HookSettings = {
  listener: { host: 'internal-alb.example', port: 8080 },
  interfaces: null,
  traffic: {
    paths: ['/dev/health', '/dev/'],
    requests: 3,
    statuses: { lowest: 200, highest: 200 },
    responseWithinMs: 5000,
  },
};

const never = () => new Promise<never>(() => undefined);
const answering = (answers: readonly TestAnswer[]) => {
  let next = 0;
  return (): Promise<TestAnswer> =>
    Promise.resolve(answers[next++] ?? { kind: 'answer', status: settings.traffic.statuses.lowest });
};

/** A function whose reports and log lines are kept. */
function hook(over: Partial<HookParts> = {}) {
  const reports: unknown[] = [];
  const lines: unknown[] = [];
  const parts: HookParts = {
    settings: () => settings,
    addresses: ({ listener }) => Promise.resolve([listener.host]),
    ask: () => answering([]),
    report: (execution, status) => {
      reports.push([execution, status]);
      return Promise.resolve();
    },
    pause: () => Promise.resolve(),
    timeUp: never,
    log: (line) => lines.push(line),
    ...over,
  };
  return { reports, lines, handle: (given: unknown = event) => handleRelease(given, parts) };
}

const execution = { deploymentId: 'd-1', executionId: 'hook-1' };
const failed = [[execution, 'Failed']];

describe('the function that tests a release', () => {
  test('reports Succeeded for a version that answers every request', async () => {
    const { handle, reports } = hook();
    await handle();
    expect(reports).toEqual([[execution, 'Succeeded']]);
  });

  test('reports Failed for a version that does not, and its log says which answer it was', async () => {
    const ok = { kind: 'answer', status: 200 } as const;
    const { handle, reports, lines } = hook({ ask: () => answering([ok, { kind: 'answer', status: 500 }]) });
    await handle();
    expect(reports).toEqual(failed);
    expect(lines).toEqual([
      {
        ...execution,
        status: 'Failed',
        reason: 'test request 2 of 3 to /dev/health got status 500; allowed: status 200',
      },
    ]);
  });

  test('reports Failed when it cannot test: without settings, without an address, or with a mistake of its own', async () => {
    const wrong = () => {
      throw new Error('RELEASE_HOOK is not set');
    };
    for (const over of [
      { settings: wrong },
      { ask: wrong },
      { addresses: () => Promise.reject(new Error('EC2 has no network interface')) },
    ]) {
      const { handle, reports } = hook(over);
      await handle();
      expect(reports).toEqual(failed);
    }
  });

  test('reports Failed before Lambda ends it, where answers take too long', async () => {
    const { handle, reports } = hook({ ask: () => never, timeUp: () => Promise.resolve() });
    await handle();
    expect(reports).toEqual(failed);
  });

  test('rejects what CodeDeploy did not send, and what it could not report, so that Lambda counts an error', async () => {
    const { handle, reports } = hook();
    await expect(handle({ Records: [] })).rejects.toThrow('DeploymentId');
    expect(reports).toEqual([]);
    const mute = hook({ report: () => Promise.reject(new Error('no way to CodeDeploy')) });
    await expect(mute.handle()).rejects.toThrow('no way to CodeDeploy');
  });

  test('decides as the twin does, whatever the answers are', async () => {
    const anyAnswer: fc.Arbitrary<TestAnswer> = fc.oneof(
      { weight: 6, arbitrary: fc.constant({ kind: 'answer' as const, status: 200 }) },
      fc.record({ kind: fc.constant('answer' as const), status: fc.integer({ min: 100, max: 599 }) }),
      fc.constant({ kind: 'timeout' as const }),
      fc.record({ kind: fc.constant('failed' as const), cause: fc.string() }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyAnswer, { maxLength: 6 }), async (answers) => {
        const twin = await sendTestTraffic(settings.traffic, answering(answers));
        const { handle, reports } = hook({ ask: () => answering(answers) });
        await handle();
        expect(reports).toEqual([[execution, twin === null ? 'Succeeded' : 'Failed']]);
      }),
    );
  });
});
