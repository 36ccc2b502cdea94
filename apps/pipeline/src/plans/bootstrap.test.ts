import { describe, expect, test } from '@jest/globals';
import { FakeAccount, fakePipeline, runAll } from '../../test/fake-pipeline.ts';
import { bootstrapSteps } from './bootstrap.ts';

describe('bootstrap', () => {
  test('applies with a local state, then moves the state into its bucket', async () => {
    const fake = new FakeAccount();
    await runAll(bootstrapSteps(fakePipeline(fake)));
    expect(fake.acts).toEqual([
      'synth stateBackend=local',
      'apply state',
      'synth',
      'migrate state',
      'forget local state',
    ]);
  });

  test('works in the bucket once the state is there', async () => {
    const fake = new FakeAccount();
    fake.deployed('state');
    const outcomes = await runAll(bootstrapSteps(fakePipeline(fake)));
    expect(fake.acts).toEqual(['synth', 'apply state']);
    expect(outcomes[1]).toBe('migrate skipped: it is there already');
  });
});
