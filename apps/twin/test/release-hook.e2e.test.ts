import { resolve } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { presetInput, resolveEnvironment } from '@tideline/config';
import type { BlueGreenService } from '../src/release/blue-green-service.ts';
import { type SendTestTraffic, sendOwnTestTraffic } from '../src/release/create-blue-green-service.ts';
import type { Release } from '../src/release/release.ts';
import { faultVariables } from '../src/release-run/faults.ts';
import { type Twin, startTwin } from '../src/twin.ts';
import { runDeployedHook } from './deployed-hook.ts';

const backendFile = resolve(import.meta.dirname, '../../../dist/apps/api/main.mjs');
let twin: Twin | undefined;

afterEach(async () => {
  await twin?.close();
  twin = undefined;
});

interface TestedRelease {
  readonly release: Release;
  /** What the deployed function decided about the answers that the twin decided by. */
  readonly hook: Awaited<ReturnType<typeof runDeployedHook>>;
  readonly twinSaid: string | null;
}

/** A release of a version with a fault, tested by the twin and by the function that a deployed environment has. */
async function releaseOf(variables: Readonly<Record<string, string>>): Promise<TestedRelease> {
  const preset = presetInput('blue-green');
  const environment = resolveEnvironment({
    ...preset,
    loadBalancer: { deregistrationDelaySeconds: 1 },
    release: {
      kind: 'blue-green',
      terminationWaitMinutes: 0,
      // The health check is answered well by a version that fails every other request.
      testTraffic: { paths: ['/host'], requests: 3 },
    },
  });
  let tested: Pick<TestedRelease, 'hook' | 'twinSaid'> | undefined;
  const sendTestTraffic: SendTestTraffic = async (listener, traffic) => {
    const twinSaid = await sendOwnTestTraffic(listener, traffic);
    tested = { twinSaid, hook: await runDeployedHook(listener, traffic) };
    return twinSaid;
  };
  let noteOver: (release: Release) => void = () => undefined;
  const over = new Promise<Release>((note) => (noteOver = note));
  twin = await startTwin({
    ...{ environment, backendFile, sendTestTraffic, speed: 60, port: 0 },
    secrets: { STRESS_TOKEN: 'stress-token-of-a-test' },
    onRelease: (release) => {
      if (release.endedAtSeconds !== null) noteOver(release);
    },
  });
  await twin.steady;
  (twin.fleet as BlueGreenService).deploy({ version: '2', variables });
  const release = await over;
  if (tested === undefined) throw new Error('the release was not tested');
  return { release, ...tested };
}

const report = (status: string) => [
  {
    target: 'CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus',
    deploymentId: 'd-ABCDEFGHI',
    lifecycleEventHookExecutionId: 'execution-of-a-hook',
    status,
  },
];

test('the deployed function passes a good version, as the twin does, and its traffic moves', async () => {
  const { release, hook, twinSaid } = await releaseOf({});
  expect(twinSaid).toBeNull();
  expect(hook.reports).toEqual(report('Succeeded'));
  expect(release).toMatchObject({ status: 'Succeeded', error: null });
});

test('the deployed function rejects a version that fails requests though it is healthy, as the twin does, and no client meets it', async () => {
  const { release, hook, twinSaid } = await releaseOf({
    ...faultVariables['errors-10'],
    FAULT_ERROR_PERCENT: '100',
  });
  expect(twinSaid).toBe('test request 1 of 3 to /dev/host got status 500; allowed: status 200');
  expect(hook.reports).toEqual(report('Failed'));
  expect(hook.log).toContain(twinSaid);
  expect(release).toMatchObject({
    status: 'Failed',
    error: { code: 'HOOK_EXECUTION_FAILURE', message: twinSaid },
    shifts: [],
  });
});
