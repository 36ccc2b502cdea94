import { describe, expect, test } from '@jest/globals';
import { environmentStackIds } from '@tideline/config';
import { groupEnvironment } from '@tideline/config/testing';
import {
  FakeAccount,
  environment,
  fakePipeline,
  never,
  rejection,
  runAll,
  context,
} from '../../test/fake-pipeline.ts';
import { madeFrom } from '../../test/made-from.ts';
import { preflight } from '../preflight/preflight.ts';
import { selectSteps } from '../steps/select-steps.ts';
import { commandSteps } from './command-steps.ts';
import { balancerStep, destroySteps, filesStep } from './destroy.ts';

const instances = groupEnvironment({ protection: { files: false } });

function fullAccount(of = environment): FakeAccount {
  const fake = new FakeAccount();
  for (const stack of environmentStackIds(of)) fake.deployed(stack);
  return fake;
}

describe('destroy', () => {
  test('goes backwards, and empties the repositories before their stack', async () => {
    const fake = fullAccount();
    await runAll(destroySteps(fakePipeline(fake), 'keep-state'));
    expect(fake.acts.filter((act) => act !== 'synth')).toEqual([
      'destroy observability',
      'destroy autoscaling',
      'destroy service',
      'empty tideline-dev-api',
      'empty tideline-dev-load-runner',
      'destroy registry',
      'destroy network',
    ]);
  });

  test('empties the bucket of files before the stack that keeps it', async () => {
    const fake = fullAccount(instances);
    fake.uploads = 2;
    await runAll(destroySteps(fakePipeline(fake, { environment: instances }), 'keep-state'));
    expect(fake.acts.filter((act) => act !== 'synth').slice(2, 5)).toEqual([
      'destroy service',
      'empty the uploadsBucketName',
      'destroy data',
    ]);
  });

  test('refuses a stack that the description does not have', async () => {
    const fake = fullAccount(instances);
    const steps = destroySteps(fakePipeline(fake), 'keep-state').filter(({ id }) => id === 'data');
    expect((await rejection(runAll(steps))).message).toMatch(/TL-PIPE-USAGE stack data holds 3 resources/);
    expect(fake.acts).toEqual([]);
  });

  test('skips what holds nothing, so it can be run again', async () => {
    const fake = fullAccount();
    const steps = destroySteps(fakePipeline(fake), 'keep-state');
    await runAll(steps);
    fake.acts.length = 0;
    const outcomes = await runAll(steps);
    expect(outcomes.filter((outcome) => outcome.includes('skipped: holds nothing'))).toHaveLength(7);
    expect(fake.acts.some((act) => act.startsWith('destroy'))).toBe(false);
  });

  test('with the state: unprotects it, moves it into a file, empties the bucket, destroys it', async () => {
    const fake = fullAccount();
    await runAll(destroySteps(fakePipeline(fake), 'with-state').slice(-1));
    expect(fake.acts).toEqual([
      'synth unprotectState=true',
      'apply state',
      'synth unprotectState=true stateBackend=local',
      'migrate state',
      'empty bucket',
      'destroy state',
      'forget local state',
    ]);
  });

  test('goes on from the file of a run that was stopped after it had moved the state out', async () => {
    for (const [bucket, emptied] of [
      [true, ['empty bucket']],
      [false, []],
    ] as const) {
      const fake = new FakeAccount();
      fake.bucket = bucket;
      fake.localState = madeFrom('test');
      const pipeline = fakePipeline(fake);
      const { steps, needs } = commandSteps(pipeline, { name: 'destroy', withState: 'with-state' });
      await preflight(pipeline, needs, never);
      await runAll(selectSteps(steps, { from: 'state' }));
      expect(fake.acts).toEqual([
        'synth unprotectState=true stateBackend=local',
        ...emptied,
        'destroy state',
        'forget local state',
      ]);
    }
  });

  test('does not take a state bucket without any state for its own', async () => {
    const fake = new FakeAccount();
    const error = await rejection(runAll(destroySteps(fakePipeline(fake), 'with-state').slice(-1)));
    expect(error.message).toMatch(/TL-PIPE-ORDER .*neither in it nor in a file here/);
    expect(fake.acts).toEqual([]);
    fake.bucket = false;
    expect(await runAll(destroySteps(fakePipeline(fake), 'with-state').slice(-1))).toEqual([
      'state skipped: holds nothing',
    ]);
  });

  test('keeps the state unless told', () => {
    const steps = destroySteps(fakePipeline(new FakeAccount()), 'keep-state');
    expect(steps.some(({ id }) => id === 'state')).toBe(false);
  });
});

const environmentOf = (files: boolean) => groupEnvironment({ protection: { files } });

function accountWith(uploads: number): FakeAccount {
  const fake = new FakeAccount();
  fake.deployed('data', { uploadsBucketName: 'uploads' });
  fake.uploads = uploads;
  return fake;
}

describe('the balancer’s deletion protection', () => {
  const shielded = {
    ...environment,
    protection: { ...environment.protection, loadBalancer: true },
  };

  test('is refused to be let go while the description asks for it', async () => {
    const fake = fullAccount();
    fake.balancerIsProtected = true;
    const step = balancerStep(fakePipeline(fake, { environment: shielded }));
    expect((await rejection(step.run(context))).message).toMatch(
      /TL-PIPE-PROTECTED protection.loadBalancer keeps tideline-dev-alb .*--set protection.loadBalancer=false/,
    );
    expect(fake.acts).toEqual([]);
  });

  test('is let go before the stack of the balancer, once the description does not', async () => {
    const fake = fullAccount();
    fake.balancerIsProtected = true;
    await runAll(destroySteps(fakePipeline(fake), 'keep-state'));
    const acts = fake.acts.filter((act) => act !== 'synth');
    expect(acts.indexOf('unprotect the loadBalancerArn')).toBeLessThan(acts.indexOf('destroy service'));
    expect(acts).toContain('unprotect the loadBalancerArn');
  });

  test('is nothing where it is off, or where there is no balancer', async () => {
    const off = balancerStep(fakePipeline(fullAccount()));
    expect(await off.run(context)).toMatchObject({ kind: 'skipped', detail: 'it is off' });
    const none = balancerStep(fakePipeline(new FakeAccount()));
    expect(await none.run(context)).toMatchObject({ kind: 'skipped', detail: 'there is none' });
  });
});

describe('the uploaded files', () => {
  test('are kept, and named, while the description protects them', async () => {
    const fake = accountWith(3);
    const step = filesStep(fakePipeline(fake, { environment: environmentOf(true) }));
    expect((await rejection(step.run(context))).message).toMatch(
      /TL-PIPE-PROTECTED protection.files keeps the uploaded files in uploads/,
    );
    expect(fake.acts).toEqual([]);
  });

  test('are deleted once it does not', async () => {
    const fake = accountWith(3);
    const step = filesStep(fakePipeline(fake, { environment: environmentOf(false) }));
    expect(await step.run(context)).toMatchObject({ kind: 'done', detail: '3 deleted' });
    expect(fake.acts).toEqual(['empty uploads']);
  });

  test('are none in an empty bucket, and where none is kept', async () => {
    const empty = filesStep(fakePipeline(accountWith(0), { environment: environmentOf(true) }));
    expect(await empty.run(context)).toMatchObject({ kind: 'skipped', detail: 'there are none' });
    const without = filesStep(fakePipeline(new FakeAccount()));
    expect(await without.run(context)).toMatchObject({ kind: 'skipped' });
  });
});
