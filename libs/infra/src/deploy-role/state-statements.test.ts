import { describe, expect, test } from '@jest/globals';
import {
  type EnvironmentInput,
  environmentStackIds,
  presetInput,
  presetNames,
  resolveEnvironment,
  stateLockFacts,
} from '@tideline/config';
import { allows } from '../../test/permissions.ts';
import { policyDocument } from '../ground/policy-document.ts';
import { deployPolicies } from './github-deploy-role.ts';

const accountId = '123456789012';
const bucket = `tideline-dev-tfstate-${accountId}`;
const table = `arn:aws:dynamodb:us-east-1:${accountId}:table/tideline-dev-tflock`;

function roleOf(preset: string, over: Partial<EnvironmentInput> = {}) {
  const environment = resolveEnvironment({ ...presetInput(preset), ...over });
  const policies = deployPolicies({
    environment,
    accountId,
    image: null,
    loadRunnerImage: null,
    releaseHookFile: 'release-hook.zip',
    deployTrust: null,
    s3PathStyle: false,
    stateBackend: 's3',
  });
  // All that the role has: a hole in another part would be one here.
  const statements = Object.values(policies).flat();
  const object = (action: string, key: string): boolean =>
    allows(statements, { action: `s3:${action}`, resource: `arn:aws:s3:::${bucket}/${key}` });
  const item = (action: string, ...keys: readonly string[]): boolean =>
    allows(statements, {
      action: `dynamodb:${action}`,
      resource: table,
      ...(keys.length > 0 && { context: { 'dynamodb:LeadingKeys': keys } }),
    });
  return { environment, policies, object, item };
}

const writing = ['PutObject', 'DeleteObject', 'DeleteObjectVersion'];
const locking = ['PutItem', 'DeleteItem', 'UpdateItem'];
const ofLockObject = ['GetObject', 'PutObject', 'DeleteObject'];
const everyLock = ['dynamodb', 's3', 'both'] as const;

describe.each(presetNames)('the deploy role of %s', (preset) => {
  const { environment, policies, object, item } = roleOf(preset);
  const deployed = environmentStackIds(environment).filter((stack) => stack !== 'state');

  test.each(deployed)('reads, writes and locks the state of stack %s', (stack) => {
    const key = `tideline/dev/${stack}.tfstate`;
    expect(['GetObject', 'PutObject'].filter((action) => !object(action, key))).toEqual([]);
    for (const lockId of [`${bucket}/${key}`, `${bucket}/${key}-md5`])
      expect(['GetItem', 'PutItem', 'DeleteItem'].filter((action) => !item(action, lockId))).toEqual([]);
    expect(object('DeleteObject', key)).toBe(false);
  });

  test('reads the state of stack state and its lock, and writes neither', () => {
    const key = 'tideline/dev/state.tfstate';
    expect(object('GetObject', key)).toBe(true);
    expect(item('GetItem', `${bucket}/${key}`)).toBe(true);
    for (const form of [key, `${key}.tflock`, `${key}.backup`, `env:/other/${key}`])
      expect(writing.filter((action) => object(action, form))).toEqual([]);
    for (const lockId of [`${bucket}/${key}`, `${bucket}/${key}-md5`])
      expect(locking.filter((action) => item(action, lockId))).toEqual([]);
  });

  test('locks nothing of that stack beside an item of its own', () => {
    const own = `${bucket}/tideline/dev/network.tfstate`;
    expect(item('PutItem', own, `${bucket}/tideline/dev/state.tfstate-md5`)).toBe(false);
    expect(item('PutItem')).toBe(false);
  });

  test.each([
    'tideline/dev/network.tfstate/other',
    'tideline/dev/unknown.tfstate',
    'tideline/production/network.tfstate',
    'other/dev/network.tfstate',
  ])('writes no object %s', (key) => {
    expect(writing.filter((action) => object(action, key))).toEqual([]);
    expect(locking.filter((action) => item(action, `${bucket}/${key}`))).toEqual([]);
  });

  test('has each key listed, in a policy of a size that AWS takes', () => {
    const resources = policies.state?.flatMap(({ Resource }) => Resource ?? []) ?? [];
    expect(resources.filter((resource) => /[*?]/.test(resource))).toEqual([]);
    expect(policyDocument(policies.state ?? []).length).toBeLessThan(6144);
  });
});

describe.each(everyLock)('the deploy role where state.lock is %s', (lock) => {
  const { environment, policies, object, item } = roleOf('load-driven', { state: { lock } });
  const { inTable, inBucket } = stateLockFacts(lock);
  const deployed = environmentStackIds(environment).filter((stack) => stack !== 'state');
  const allowedOf = (key: string) => ({
    items: ['GetItem', 'PutItem', 'DeleteItem'].filter((action) => item(action, `${bucket}/${key}`)),
    digests: ['GetItem', 'PutItem', 'DeleteItem'].filter((action) => item(action, `${bucket}/${key}-md5`)),
    objects: ofLockObject.filter((action) => object(action, `${key}.tflock`)),
  });

  test.each(deployed)('locks and unlocks stack %s there, and nowhere else', (stack) => {
    const all = ['GetItem', 'PutItem', 'DeleteItem'];
    expect(allowedOf(`tideline/dev/${stack}.tfstate`)).toEqual({
      items: inTable ? all : [],
      digests: inTable ? all : [],
      objects: inBucket ? ofLockObject : [],
    });
  });

  test('sees a lock of stack state, and neither locks nor unlocks it', () => {
    expect(allowedOf('tideline/dev/state.tfstate')).toEqual({
      items: inTable ? ['GetItem'] : [],
      digests: [],
      objects: inBucket ? ['GetObject'] : [],
    });
  });

  test.each(['tideline/production/network.tfstate', 'tideline/dev/unknown.tfstate', 'tideline/dev/*'])(
    'has no lock of %s',
    (key) => {
      expect(allowedOf(key)).toEqual({ items: [], digests: [], objects: [] });
    },
  );

  test('deletes no state and no deploy record', () => {
    const keys = [...environmentStackIds(environment).map((stack) => `tideline/dev/${stack}.tfstate`)];
    expect([...keys, 'tideline/dev/last-deploy.json'].filter((key) => object('DeleteObject', key))).toEqual(
      [],
    );
  });

  test('names the table only where it is used', () => {
    const used = Object.values(policies)
      .flat()
      .some(({ Action }) => [Action].flat().some((action) => action.startsWith('dynamodb:')));
    expect(used).toBe(inTable);
  });

  test('fits into a policy with the longest names', () => {
    const long = roleOf('load-driven', {
      project: 'a-long-project-12345',
      stage: 'staging',
      sessions: { store: 'redis' },
      state: { lock },
    });
    expect(policyDocument(long.policies.state ?? []).length).toBeLessThan(6144);
  });
});
