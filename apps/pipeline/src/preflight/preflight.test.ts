import { describe, expect, test } from '@jest/globals';
import { stackIds, stateKey } from '@tideline/config';
import {
  account,
  environment,
  FakeAccount,
  fakePipeline,
  never,
  rejection,
} from '../../test/fake-pipeline.ts';
import { heldLock } from '../../test/fake-locks.ts';
import { PipelineError } from '../pipeline-error.ts';
import { commandSteps } from '../commands/command-steps.ts';
import { readAccountId, preflight } from './preflight.ts';

const needs = {
  terraform: 'needed',
  stacks: ['network', 'service'],
  stateBucket: 'needed',
  preset: 'bootstrapped',
  rights: 'needed',
  zones: 'needed',
} as const;

/** An account after its bootstrap. */
function bootstrapped(): FakeAccount {
  const fake = new FakeAccount();
  fake.deployed('state');
  return fake;
}

describe('the preflight', () => {
  test('passes with the right account, a bucket and free locks', async () => {
    await expect(preflight(fakePipeline(bootstrapped()), needs, never)).resolves.toBeUndefined();
  });

  test('refuses another account, and names both', async () => {
    const fake = bootstrapped();
    fake.accountId = '999999999999';
    const error = await rejection(preflight(fakePipeline(fake), needs, never));
    expect(error.message).toBe(
      `TL-PIPE-ACCOUNT the credentials belong to account 999999999999, and AWS_ACCOUNT_ID names ${account}. Sign in to ${account}, or correct AWS_ACCOUNT_ID`,
    );
    expect(error).toMatchObject({ kind: 'refused' });
  });

  test('refuses zones that the account does not have, and names those that it has', async () => {
    const fake = bootstrapped();
    fake.zones = ['us-east-1a', 'us-east-1d'];
    const pipeline = fakePipeline(fake);
    const error = await rejection(preflight(pipeline, needs, never));
    expect(error.message).toBe(
      `TL-PIPE-ZONES availabilityZones names us-east-1b, which account ${account} does not have in us-east-1. It has a (us-east-1a), d (us-east-1d). Set availabilityZones to two or more of these letters`,
    );
    expect(error).toMatchObject({ kind: 'refused' });
  });

  test.each([
    ['bootstrap', 'refuses'],
    ['init', 'refuses'],
    ['deploy', 'refuses'],
    ['plan', 'refuses'],
    ['destroy', 'goes on'],
    ['smoke', 'goes on'],
  ] as const)('of %s %s without the zones', async (name, outcome) => {
    const fake = bootstrapped();
    fake.zones = [];
    const pipeline = fakePipeline(fake);
    const { needs: ofCommand } = commandSteps(pipeline, { name, withState: 'keep-state' });
    const checked = preflight(pipeline, { ...ofCommand, rights: 'not-needed' }, never);
    if (outcome === 'goes on') await expect(checked).resolves.toBeUndefined();
    else expect((await rejection(checked)).message).toMatch(/TL-PIPE-ZONES .* It has none that is available/);
    expect(fake.acts).toEqual([]);
  });

  test('refuses when there is no state bucket, unless the command does without', async () => {
    const fake = bootstrapped();
    fake.bucket = false;
    const pipeline = fakePipeline(fake);
    expect((await rejection(preflight(pipeline, needs, never))).message).toMatch(
      /TL-PIPE-BOOTSTRAP.*Run bootstrap once.*npm run pipeline -- bootstrap --preset test/,
    );
    await expect(preflight(pipeline, { ...needs, stateBucket: 'optional' }, never)).resolves.toBeUndefined();
  });

  test('refuses a bucket whose bootstrap was not finished', async () => {
    const { message } = await rejection(preflight(fakePipeline(new FakeAccount()), needs, never));
    expect(message).toMatch(
      /TL-PIPE-BOOTSTRAP.*its bootstrap was not finished. Go on with it: npm run pipeline/,
    );
  });

  test('refuses when a lock is held, and says by whom and how to release it', async () => {
    const fake = bootstrapped();
    fake.locks.set(stateKey(environment, 'service'), heldLock(['DynamoDB']));
    const { message } = await rejection(preflight(fakePipeline(fake), needs, never));
    expect(message).toMatch(
      /TL-PIPE-LOCK the state of stack service is locked by ada@laptop \(OperationTypeApply, since 2026/,
    );
    expect(message).toMatch(/terraform force-unlock f00d/);
  });

  test('lets a plan look while another run holds a lock', async () => {
    const fake = bootstrapped();
    for (const stack of stackIds) fake.locks.set(stateKey(environment, stack), heldLock(['DynamoDB']));
    const pipeline = fakePipeline(fake);
    const withState = 'keep-state';
    await preflight(pipeline, commandSteps(pipeline, { name: 'plan', withState }).needs, never);
    const { needs: ofDeploy } = commandSteps(pipeline, { name: 'deploy', withState });
    expect((await rejection(preflight(pipeline, ofDeploy, never))).message).toMatch(/TL-PIPE-LOCK/);
  });

  test('asks for Terraform only when it is needed', async () => {
    const pipeline = fakePipeline(bootstrapped());
    const stacks = {
      ...pipeline.stacks,
      version: () => Promise.reject(new PipelineError('TL-PIPE-TERRAFORM', 'terraform is not on PATH')),
    };
    await expect(preflight({ ...pipeline, stacks }, needs, never)).rejects.toThrow('TL-PIPE-TERRAFORM');
    await expect(
      preflight({ ...pipeline, stacks }, { ...needs, terraform: 'not-needed' }, never),
    ).resolves.toBeUndefined();
  });
});

describe('the account', () => {
  test('is read from AWS_ACCOUNT_ID', () => {
    expect(readAccountId({ AWS_ACCOUNT_ID: account })).toBe(account);
  });

  test.each([
    [undefined, 'is not set'],
    ['12345', 'is "12345"'],
  ])('is refused as %j', (value, words) => {
    expect(() => readAccountId({ AWS_ACCOUNT_ID: value })).toThrow(`TL-PIPE-ACCOUNT AWS_ACCOUNT_ID ${words}`);
  });
});
