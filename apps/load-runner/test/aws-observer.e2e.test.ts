import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { presetInput, resolveEnvironment } from '@tideline/config';
import { observationSchema } from '@tideline/evidence';
import { findExecutable } from '@tideline/process';
import { AwsObserver } from '../src/observe/aws-observer.ts';
import { sdkReads } from '../src/observe/aws/reads/sdk-reads.ts';
import { createService, publishCpu, startEmulator } from './emulated-service.ts';
import {
  killLoadRunners,
  latestRecord,
  serveHttp,
  startLoadRunner,
  startLoadRunnerIn,
} from './run-load-runner.ts';

const hasMoto = findExecutable('moto_server', process.env.PATH ?? '') !== undefined;
const why = hasMoto
  ? ''
  : ' (missing: moto_server; docs/how-to/try-without-an-account.md says how to get it)';

// An environment of its own, so that nothing of the user’s is mistaken for it.
const environment = resolveEnvironment({ ...presetInput('load-driven'), stage: 'e2e' });

(hasMoto ? describe : describe.skip)(`observing AWS, against the emulator${why}`, () => {
  let emulator: Awaited<ReturnType<typeof startEmulator>>;
  let target: Awaited<ReturnType<typeof serveHttp>>;

  /** What a program needs to find the account, and the environment in it. */
  let variables: Readonly<Record<string, string | undefined>>;

  beforeAll(async () => {
    emulator = await startEmulator();
    variables = {
      ...process.env,
      ...emulator.variables,
      TIDELINE_STAGE: 'e2e',
      // What the SDK thinks of Node’s version is no part of what a program prints.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    };
    Object.assign(process.env, emulator.variables);
    await createService(environment);
    target = await serveHttp((_, response) => response.end('ok'));
  }, 120_000);
  afterEach(killLoadRunners);
  afterAll(async () => {
    target.close();
    await emulator.stop();
  });

  function observed(...more: string[]) {
    const profile = join(mkdtempSync(join(tmpdir(), 'load-runner-aws-')), 'profile.json');
    const stages = [{ users: 2, usersPerSecond: 100, holdSeconds: 2, requestsPerSecond: 10 }];
    writeFileSync(profile, JSON.stringify({ name: 'test', stages, endpoints: [{ path: '/' }] }));
    return startLoadRunnerIn(
      variables,
      ...['--target', target.url, '--profile', profile, '--quiet', '--json', '--observe', 'aws', ...more],
    );
  }

  test('every action is answered in a shape that is understood', async () => {
    const minuteMs = 60_000;
    const wholeMinuteMs = Math.floor(Date.now() / minuteMs) * minuteMs;
    await publishCpu(environment, { at: new Date(wholeMinuteMs - 2 * minuteMs), percent: 40 });
    await publishCpu(environment, { at: new Date(wholeMinuteMs - minuteMs), percent: 80 });
    // As though it had looked on for five minutes.
    const startMs = Date.now() - 5 * minuteMs;
    const clock = [startMs];
    const observer = new AwsObserver(
      environment,
      sdkReads({ region: environment.region }),
      () => clock.shift() ?? Date.now(),
    );

    const observation = await observer.observe();
    expect(observationSchema.parse(observation)).toEqual(observation);
    expect(observation).toMatchObject({
      speed: 1,
      capacity: { min: 2, max: 6 },
      service: { desired: 2, pending: 0, running: 2, healthy: 2, unhealthy: 0, draining: 0 },
      deploymentInProgress: false,
      policies: [
        {
          ...{ name: 'cpu', metricKey: 'AWS/ECS/CPUUtilization/Average', target: 50 },
          alarms: [
            { name: expect.stringContaining('AlarmHigh'), comparison: '>' },
            { name: expect.stringContaining('AlarmLow'), comparison: '<' },
          ],
        },
      ],
      activities: [],
      metrics: [{ key: 'AWS/ECS/CPUUtilization/Average', unit: 'Percent', periodSeconds: 60 }],
    });
    expect(observation.metrics[0]?.datapoints.map(({ value }) => value)).toEqual([40, 80]);
  });

  test('a run is observed, and judged by the environment that the preset describes', async () => {
    const { ended, outDir } = observed('--preset', 'load-driven', '--expect-peak', '2');
    const { code, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const record = latestRecord(outDir);
    expect(record).toMatchObject({
      ...{ status: 'completed', observedBy: 'aws', preset: 'load-driven' },
      scaling: { minTasks: 2, maxTasks: 6, peakRunning: 2, finalRunning: 2, policies: [{ name: 'cpu' }] },
    });
    expect(record.speed.map(({ speed }) => speed)).toEqual([1]);
  });

  test('an environment that is not deployed is told, and nothing is loaded', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'load-runner-aws-')), 'environment.json');
    writeFileSync(file, JSON.stringify({ ...environment, stage: 'elsewhere' }));
    const { ended, outDir } = observed('--environment', file);
    const { code, stderr } = await ended;
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/TL-RUN-OBSERVER ecs:DescribeServices found no such cluster; deploy/),
    });
    expect(existsSync(outDir)).toBe(false);
  });

  test('missing credentials are told, with how to sign in', async () => {
    variables = { ...variables, AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
    const { code, stderr } = await observed('--preset', 'load-driven').ended;
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(
        /TL-RUN-OBSERVER ecs:DescribeServices found no AWS credentials .*sign in/,
      ),
    });
  });
});

describe('--observe aws', () => {
  afterEach(killLoadRunners);
  const refused = async (...options: string[]): Promise<unknown> => {
    const { code, stderr } = await startLoadRunner('--target', 'http://127.0.0.1:9', ...options).ended;
    return { code, stderr };
  };
  const withMessage = (message: RegExp) => ({ code: 2, stderr: expect.stringMatching(message) });

  test('needs an environment, described once', async () => {
    expect(await refused('--observe', 'aws')).toEqual(
      withMessage(
        /TL-RUN-ENVIRONMENT --observe aws: got no environment.*--preset NAME or --environment FILE/,
      ),
    );
    expect(await refused('--observe', 'aws', '--preset', 'load-driven', '--environment', 'x.json')).toEqual(
      withMessage(
        /TL-RUN-ENVIRONMENT got --environment x\.json and --preset load-driven; give --environment or the others/,
      ),
    );
    expect(await refused('--observe', 'aws', '--preset', 'load-drive')).toEqual(
      withMessage(/TL-CONFIG-PRESET.*load-driven/),
    );
  });

  test('refuses a faster clock', async () => {
    expect(await refused('--observe', 'aws', '--preset', 'load-driven', '--idle-speed', '60')).toEqual(
      withMessage(/TL-RUN-OBSERVE --idle-speed 60: at AWS cloud time is wall time/),
    );
  });
});
