import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { presetInput, resolveEnvironment } from '@tideline/config';
import type { Observation } from '@tideline/evidence';
import { observationAt, policyWith } from './observation.ts';
import { killLoadRunners, latestRecord, serveHttp, startLoadRunner } from './run-load-runner.ts';

const servers: { close(): void }[] = [];
afterEach(() => {
  killLoadRunners();
  for (const server of servers.splice(0)) server.close();
});

/**
 * A target, and a control API whose service scales out after 40 requests to it and back in when its clock is set:
 * enough of an environment to be observed, with nothing behind it. Its clock runs `hurry` times as fast as it is set to.
 */
async function observable({ scalesIn, hurry = 1 }: { readonly scalesIn: boolean; readonly hurry?: number }) {
  let requests = 0;
  const target = await serveHttp((_, response) => {
    requests += 1;
    response.end('ok');
  });
  servers.push(target);
  const speeds: number[] = [];
  let [anchorMs, anchorSeconds, speed] = [performance.now(), 100, 10];
  const cloudSeconds = (): number => anchorSeconds + ((performance.now() - anchorMs) / 1000) * speed;
  const setSpeed = (to: number): void => {
    speeds.push(to);
    [anchorSeconds, anchorMs, speed] = [cloudSeconds(), performance.now(), to * hurry];
  };
  const activities: Observation['activities'] = [
    { cloudSeconds: 20, from: 2, to: 3, policy: 'requests', cause: 'an earlier run', status: 'Successful' },
  ];
  const observe = (): Observation => {
    const at = cloudSeconds();
    const out = {
      cloudSeconds: at,
      from: 2,
      to: 6,
      policy: 'requests',
      cause: 'above 50',
      status: 'Successful',
    } as const;
    if (requests > 40 && activities.length === 1) activities.push(out);
    const tasks = activities.length > 1 && !(scalesIn && speeds.length > 0) ? 6 : 2;
    return observationAt(at, {
      speed,
      activities: [...activities],
      policies: [policyWith('OK', 'ALARM')],
      service: { desired: tasks, running: tasks, healthy: tasks },
    });
  };
  const control = await serveHttp((request, response) => {
    if (request.method !== 'PUT') {
      response.end(JSON.stringify(observe()));
      return;
    }
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      setSpeed((JSON.parse(body) as { speed: number }).speed);
      response.end('{}');
    });
  });
  servers.push(control);
  return { options: ['--target', target.url, '--observe', control.url], speeds };
}

const folder = (): string => mkdtempSync(join(tmpdir(), 'load-runner-observed-'));

function environmentFile(): string {
  const path = join(folder(), 'environment.json');
  writeFileSync(path, JSON.stringify(resolveEnvironment(presetInput('load-driven'))));
  return path;
}

/** Takes 3.2 s at a cloud speed of 10. */
function load(): readonly string[] {
  const path = join(folder(), 'profile.json');
  const stages = [{ users: 10, usersPerSecond: 5, holdSeconds: 30, requestsPerSecond: 60 }];
  writeFileSync(path, JSON.stringify({ name: 'test', stages, endpoints: [{ path: '/' }] }));
  return ['--profile', path, '--quiet'];
}

describe('an observed run', () => {
  test('waits for scale-in on a faster clock, cuts phases where scaling happened, and passes', async () => {
    const { options, speeds } = await observable({ scalesIn: true });
    const { ended, outDir } = startLoadRunner(
      ...[...options, '--environment', environmentFile()],
      ...['--idle-speed', '240', '--expect-peak', '6', ...load()],
    );
    const { code, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(speeds).toEqual([240, 10]);

    const record = latestRecord(outDir);
    expect(record).toMatchObject({ status: 'completed', observedBy: 'twin', preset: 'load-driven' });
    expect(record.scaling).toMatchObject({ minTasks: 2, maxTasks: 6, peakRunning: 6, finalRunning: 2 });
    expect(record.scaling.activities.map(({ to }) => to)).toEqual([6]);
    expect(record.speed.map(({ speed }) => speed)).toEqual(expect.arrayContaining([10, 240]));
    expect(record.load.phases.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['before-scale-out', 'after-scale-out']),
    );
    expect(record.load.phases.reduce((sum, { requests }) => sum + requests, 0)).toBe(record.load.requests);
    expect(record.assumptions.map(({ code }) => code)).toContain('TL-ASSUME-METRIC-LAG');
    expect(record.load.toCloudSeconds - record.load.fromCloudSeconds).toBeCloseTo(32, -1);
  });

  test('that never comes back is given up at its deadline, and fails', async () => {
    const { options } = await observable({ scalesIn: false, hurry: 20 });
    const { ended, outDir } = startLoadRunner(...[...options, '--idle-speed', '240', ...load()]);
    expect((await ended).code).toBe(1);
    const { status, verdict, environment } = latestRecord(outDir);
    expect(status).toBe('completed');
    expect(environment).toEqual({});
    expect(verdict.checks.find(({ name }) => name === 'scaled-in')).toMatchObject({ passed: false });
  });

  test('is kept as an interrupted run when it is stopped while it waits', async () => {
    const { options, speeds } = await observable({ scalesIn: false });
    const { child, ended, outDir } = startLoadRunner(...[...options, '--idle-speed', '1.5', ...load()]);
    while (speeds.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGTERM');
    expect((await ended).code).toBe(130);
    const record = latestRecord(outDir);
    expect(record.status).toBe('interrupted');
    expect(record.scaling.finalRunning).toBe(6);
    expect(speeds).toEqual([1.5, 10]);
  });
});
