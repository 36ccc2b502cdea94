import { hostname } from 'node:os';
import { describe, expect, test } from '@jest/globals';
import { readConfig } from './config.ts';
import { identifyTask } from './task-identity.ts';

const configOf = (env: Record<string, string>) => {
  const result = readConfig(env);
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.config;
};
const metadataUri = { ECS_CONTAINER_METADATA_URI_V4: 'http://169.254.170.2/v4/abc' };
const onEcs =
  (urls: string[] = []) =>
  (url: string) => {
    urls.push(url);
    return Promise.resolve({
      TaskARN: 'arn:aws:ecs:eu-west-1:111122223333:task/cluster/158d1c8083dd49d6b527399fd6414f5c',
      AvailabilityZone: 'eu-west-1b',
    });
  };
const unexpected = (reason: unknown) => {
  throw new Error(`unexpected: ${String(reason)}`);
};

describe('identifyTask', () => {
  test('reads the task id and the zone from ECS task metadata', async () => {
    const urls: string[] = [];
    const identity = await identifyTask(configOf(metadataUri), unexpected, onEcs(urls));
    expect(identity).toMatchObject({
      taskId: '158d1c8083dd49d6b527399fd6414f5c',
      availabilityZone: 'eu-west-1b',
    });
    expect(urls).toEqual(['http://169.254.170.2/v4/abc/task']);
  });

  test('prefers what the configuration says, and then asks nobody', async () => {
    const config = configOf({ ...metadataUri, TASK_ID: 't1', AVAILABILITY_ZONE: 'z1' });
    const urls: string[] = [];
    const identity = await identifyTask(config, unexpected, onEcs(urls));
    expect(identity).toMatchObject({ taskId: 't1', availabilityZone: 'z1' });
    expect(urls).toEqual([]);
  });

  test('takes the host name where there is no metadata', async () => {
    const identity = await identifyTask(configOf({}), unexpected, onEcs());
    expect(identity).toMatchObject({ taskId: hostname(), availabilityZone: 'local' });
  });

  test.each([
    ['fails', () => Promise.reject(new Error('no route'))],
    ['is not what ECS gives', () => Promise.resolve({ hello: 'world' })],
  ])('serves under the host name when the metadata %s', async (_, readJson) => {
    const reasons: unknown[] = [];
    const identity = await identifyTask(configOf(metadataUri), (reason) => reasons.push(reason), readJson);
    expect(identity.taskId).toBe(hostname());
    expect(reasons).toHaveLength(1);
  });
});
