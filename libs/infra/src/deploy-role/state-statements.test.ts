import { describe, expect, test } from '@jest/globals';
import {
  type EnvironmentInput,
  environmentStackIds,
  presetInput,
  presetNames,
  resolveEnvironment,
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

test('the longest names still fit into a policy', () => {
  const { policies } = roleOf('load-driven', { project: 'a-long-project-12345', stage: 'staging' });
  expect(policyDocument(policies.state ?? []).length).toBeLessThan(6144);
});
