import { describe, expect, test } from '@jest/globals';
import { FakeAccount, context, environment, fakePipeline, runAll } from '../../test/fake-pipeline.ts';
import { markdownSummary } from '../steps/report-steps.ts';
import { runSteps } from '../steps/run-steps.ts';
import { planSteps } from './plan.ts';

describe('a plan', () => {
  test('tells what becomes of each resource, in its output and in the summary', async () => {
    const fake = new FakeAccount();
    fake.plannedResources.set('network', ['aws_vpc.a will be created', 'aws_subnet.b must be replaced']);
    const pipeline = fakePipeline(fake);
    const steps = planSteps(pipeline).filter(({ id }) => id === 'network');
    expect(await runAll(steps)).toEqual([
      'network done: nothing to change\n  aws_vpc.a will be created\n  aws_subnet.b must be replaced',
    ]);
    const { reports } = await runSteps(steps, {
      signal: context.signal,
      clock: pipeline.clock,
      listener: { started: () => undefined, said: () => undefined, ended: () => undefined },
    });
    const head = { command: 'plan', environment: 'tideline-dev', preset: environment.preset };
    expect(markdownSummary(head, reports)).toContain(
      'nothing to change<br>  aws_vpc.a will be created<br>  aws_subnet.b must be replaced |',
    );
  });

  test('names the stacks whose values are not there yet, and goes on with the rest', async () => {
    const fake = new FakeAccount();
    fake.knownAfter.set('service', ['network', 'registry']);
    const outcomes = await runAll(planSteps(fakePipeline(fake)));
    expect(outcomes).toEqual([
      'network done: nothing to change',
      'registry done: nothing to change',
      'service done: known after network and registry: it reads values that are not there yet',
      'autoscaling done: nothing to change',
      'observability done: nothing to change',
    ]);
  });
});
