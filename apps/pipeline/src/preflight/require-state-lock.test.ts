import { describe, expect, test } from '@jest/globals';
import { type StackId, type StateLock, stateKey, stateLockFacts } from '@tideline/config';
import { heldLock } from '../../test/fake-locks.ts';
import { FakeAccount, environment, fakePipeline, never, rejection } from '../../test/fake-pipeline.ts';
import { bootstrapSteps } from '../commands/bootstrap.ts';
import { commandSteps } from '../commands/command-steps.ts';
import { context } from '../../test/fake-pipeline.ts';
import { preflight } from './preflight.ts';

const locks = ['dynamodb', 's3', 'both'] as const;
const withoutIt = (lock: StateLock) => locks.filter((other) => other !== lock);
const pairs = locks.flatMap((recorded) => withoutIt(recorded).map((lock) => [recorded, lock] as const));

/** An account whose last bootstrap was of this lock. */
function bootstrappedWith(lock: StateLock): FakeAccount {
  const fake = new FakeAccount();
  fake.deployed('state', { lock });
  const key = stateKey(environment, 'state');
  const state = fake.states.get(key)!;
  const tags_all = { preset: environment.preset };
  const table = { type: 'aws_dynamodb_table', attributes: { tags_all } };
  if (stateLockFacts(lock).inTable) fake.states.set(key, { ...state, managed: [...state.managed, table] });
  return fake;
}

function check(fake: FakeAccount, name: 'bootstrap' | 'deploy' | 'destroy' | 'plan', lock: StateLock) {
  const pipeline = fakePipeline(fake, { environment: { ...environment, state: { lock } } });
  const { needs } = commandSteps(pipeline, { name, withState: 'keep-state' });
  return preflight(pipeline, { ...needs, rights: 'not-needed' }, never);
}

describe.each(['deploy', 'destroy'] as const)('%s', (command) => {
  test.each(locks)('goes on where state.lock is the bootstrapped %s', async (lock) => {
    await expect(check(bootstrappedWith(lock), command, lock)).resolves.toBeUndefined();
  });

  test.each(pairs)(
    'of an environment with %s refuses %s, and says how to change it',
    async (recorded, lock) => {
      const error = await rejection(check(bootstrappedWith(recorded), command, lock));
      expect(error).toMatchObject({ code: 'TL-PIPE-LOCK-CHANGE', kind: 'refused' });
      expect(error.message).toContain(
        `tideline-dev was bootstrapped with state.lock=${recorded}, and this description says ${lock}. Nothing was changed. Set state.lock to ${recorded}; or`,
      );
      const further = recorded === 'both' || lock === 'both' ? '' : ' --set state.lock=both';
      expect(error.message).toMatch(new RegExp(`: npm run pipeline -- bootstrap --preset test${further}$`));
    },
  );
});

test.each(pairs)('plan of an environment with %s looks at one with %s', async (recorded, lock) => {
  await expect(check(bootstrappedWith(recorded), 'plan', lock)).resolves.toBeUndefined();
});

describe('bootstrap', () => {
  test.each(pairs.filter((pair) => pair.includes('both')))('goes from %s to %s', async (recorded, lock) => {
    await expect(check(bootstrappedWith(recorded), 'bootstrap', lock)).resolves.toBeUndefined();
  });

  test.each([
    ['dynamodb', 's3'],
    ['s3', 'dynamodb'],
  ] as const)('refuses the way from %s to %s without both in between', async (recorded, lock) => {
    const { message } = await rejection(check(bootstrappedWith(recorded), 'bootstrap', lock));
    expect(message).toMatch(/TL-PIPE-LOCK-CHANGE .* --set state\.lock=both$/);
  });

  test.each([
    ['dynamodb', 'both', ['DynamoDB']],
    ['both', 'dynamodb', ['S3', 'DynamoDB']],
    ['both', 's3', ['DynamoDB']],
    ['s3', 'both', ['S3']],
  ] as const)(
    'from %s to %s refuses while any stack is locked in the former way, and releases it in that way',
    async (recorded, lock, places) => {
      const fake = bootstrappedWith(recorded);
      fake.locks.set(stateKey(environment, 'network'), heldLock(places));
      const { message } = await rejection(check(fake, 'bootstrap', lock));
      expect(message).toMatch(/^TL-PIPE-LOCK the state of stack network is locked by ada@laptop/);
      expect(message).toContain(`, in ${places.join(' and ')}). Wait`);
      expect(message).toMatch(new RegExp(`: terraform force-unlock f00d \\(${recorded}\\)$`));
    },
  );

  test('that changes no lock lets the other stacks be deployed', async () => {
    const fake = bootstrappedWith('both');
    fake.locks.set(stateKey(environment, 'network'), heldLock(['S3']));
    await expect(check(fake, 'bootstrap', 'both')).resolves.toBeUndefined();
  });

  test.each([
    ['s3', 'both', 'synth stateBackend=s3-without-table'],
    ['both', 's3', 'synth'],
    ['dynamodb', 'both', 'synth'],
    ['both', 'dynamodb', 'synth'],
  ] as const)('from %s to %s locks itself where both lock: %s', async (recorded, lock, synth) => {
    const fake = bootstrappedWith(recorded);
    const pipeline = fakePipeline(fake, { environment: { ...environment, state: { lock } } });
    const deployTrust = { repository: 'acme/shop', subjects: ['a'] };
    await bootstrapSteps({ ...pipeline, deployTrust })[0]!.run(context);
    expect(fake.acts).toEqual([synth, 'apply state']);
  });
});

test('a bootstrap that ended before it made the table has not changed the lock', async () => {
  const fake = bootstrappedWith('s3');
  fake.deployed('state', { lock: 'both' });
  await expect(check(fake, 'deploy', 's3')).resolves.toBeUndefined();
  expect((await rejection(check(fake, 'deploy', 'both'))).message).toContain('with state.lock=s3');
});

describe('a held lock', () => {
  const refusal = async (lock: StateLock, stack: StackId, held = heldLock(['S3'])): Promise<string> => {
    const fake = bootstrappedWith(lock);
    fake.locks.set(stateKey(environment, stack), held);
    return (await rejection(check(fake, 'deploy', lock))).message;
  };

  test('in S3 names its holder', async () => {
    expect(await refusal('s3', 'service')).toBe(
      'TL-PIPE-LOCK the state of stack service is locked by ada@laptop (OperationTypeApply, since 2026-01-01T00:00:00Z, in S3). Wait until that run has ended. If that run has ended, release it: terraform force-unlock f00d (s3)',
    );
  });

  test('in one of two places says what Terraform reports of the other', async () => {
    expect(await refusal('both', 'service')).toContain(
      'release it (Terraform reports that it finds no such lock in the other place, and has released this one): terraform',
    );
  });

  test('that Terraform cannot read is deleted by hand', async () => {
    const message = await refusal('s3', 'service', heldLock(['S3'], { id: 'unknown', who: 'unknown' }));
    expect(message).toMatch(
      /is locked by unknown .*, in S3\).* delete it by hand \(docs\/troubleshooting\.md/,
    );
    expect(message).not.toContain('force-unlock');
  });
});
