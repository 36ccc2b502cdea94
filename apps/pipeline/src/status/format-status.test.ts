import { describe, expect, test } from '@jest/globals';
import { stackIds, stateKey } from '@tideline/config';
import {
  blueGreenEnvironment,
  containerInstanceEnvironment,
  groupEnvironment,
} from '@tideline/config/testing';
import {
  environment,
  FakeAccount,
  fakePipeline,
  newRelease,
  pendingRefresh,
  releasedService,
  steadyGroup,
  steadyService,
} from '../../test/fake-pipeline.ts';
import { heldLock } from '../../test/fake-locks.ts';
import { collectStatus } from './collect-status.ts';
import { formatStatus } from './format-status.ts';

describe('the status', () => {
  test('says that there is nothing before the bootstrap', async () => {
    const fake = new FakeAccount();
    fake.bucket = false;
    expect(formatStatus(await collectStatus(fakePipeline(fake)))).toBe(
      'tideline-dev (test) in us-east-1 of 123456789012\nnot bootstrapped: there is no state bucket\n',
    );
  });

  test('shows stacks, locks, tasks, targets, image and URL', async () => {
    const fake = new FakeAccount();
    for (const stack of stackIds) fake.deployed(stack, { url: 'http://alb' });
    fake.service = steadyService;
    fake.imagesOf.set('td:1', 'app@sha256:1');
    fake.locks.set(stateKey(environment, 'network'), heldLock(['DynamoDB']));
    const text = formatStatus(await collectStatus(fakePipeline(fake)));
    for (const line of [
      'network        3 resources  locked by ada@laptop since 2026-01-01T00:00:00Z (f00d)',
      'service  tideline-dev-api: 2 of 2 running, 0 pending; steady',
      'targets  2 healthy',
      'image    app@sha256:1',
      'url      http://alb',
      'no scaling activities',
    ])
      expect(text.split('\n')).toContain(line);
  });

  test('shows the release, which target group is live, and the HTTP API’s address', async () => {
    const released = blueGreenEnvironment();
    const fake = new FakeAccount();
    fake.deployed('service', { targetGroupArn: 'blue-arn', greenTargetGroupArn: 'green-arn' });
    fake.deployed('ingress', { url: 'https://api.example/dev' });
    fake.service = releasedService('td:1');
    const shown = async () =>
      formatStatus(await collectStatus(fakePipeline(fake, { environment: released }))).split('\n');
    expect(await shown()).toEqual(
      expect.arrayContaining([
        'service  tideline-dev-api: 2 of 2 running, 0 pending; steady',
        'release  none yet; the blue target group has the traffic',
        'url      https://api.example/dev',
      ]),
    );
    fake.releases.set('d-1', newRelease('d-1', 'td:2'));
    fake.liveTargetGroups = ['blue-arn', 'green-arn'];
    expect(await shown()).toEqual(
      expect.arrayContaining([
        'release  d-1 of td:2 since 2026-01-01T00:00:00.000Z: InProgress; both target groups have the traffic',
        '         release d-1: the new tasks to become healthy (Install); blue 100 %',
      ]),
    );
  });

  test('shows instances one by one, with the refresh that brings another launch template', async () => {
    const instances = groupEnvironment();
    const fake = new FakeAccount();
    fake.deployed('service', { url: 'http://alb' });
    fake.group = steadyGroup('lt-1:4');
    fake.refresh = pendingRefresh;
    fake.imagesOf.set('lt-1:4', 'app@sha256:1');
    const text = formatStatus(await collectStatus(fakePipeline(fake, { environment: instances })));
    for (const line of [
      'data           none',
      'service  tideline-dev-api: 2 of 2 running, 0 pending; waiting for the instance refresh: InProgress, 0 %, 2 instances to replace',
      '         i-a in us-east-1a: InService, healthy, lt-1:4',
      'image    app@sha256:1',
    ])
      expect(text.split('\n')).toContain(line);
  });

  test('shows the instances that tasks run on, with what ECS says of the tasks', async () => {
    const hosts = containerInstanceEnvironment();
    const fake = new FakeAccount();
    fake.deployed('service', { url: 'http://alb' });
    fake.service = steadyService;
    fake.group = steadyGroup('lt-1:4');
    const text = formatStatus(await collectStatus(fakePipeline(fake, { environment: hosts })));
    for (const line of [
      'service  tideline-dev-api: 2 of 2 running, 0 pending; steady',
      '         i-b in us-east-1b: InService, healthy, lt-1:4',
      '         has reached a steady state',
    ])
      expect(text.split('\n')).toContain(line);
  });
});
