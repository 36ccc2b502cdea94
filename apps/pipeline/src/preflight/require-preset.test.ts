import { describe, expect, test } from '@jest/globals';
import {
  type StackId,
  environmentStackIds,
  presetInput,
  presetNames,
  resolveEnvironment,
  stateKey,
} from '@tideline/config';
import { FakeAccount, fakePipeline, never, rejection } from '../../test/fake-pipeline.ts';
import { madeFrom } from '../../test/made-from.ts';
import { type StepCommand, commandSteps, statusNeeds } from '../commands/command-steps.ts';
import { PipelineError } from '../pipeline-error.ts';
import type { Pipeline } from '../pipeline.ts';
import { preflight } from './preflight.ts';

const commands: readonly (StepCommand | 'status')[] = [
  ...(['bootstrap', 'init', 'deploy', 'destroy', 'plan', 'smoke'] as const).map(
    (name) => ({ name, withState: 'keep-state' }) as const,
  ),
  { name: 'destroy', withState: 'with-state' },
  'status',
];

const environmentOf = (preset: string) => resolveEnvironment(presetInput(preset));

/** An account whose stacks were made from a preset. */
function accountOf(preset: string, stacks: readonly StackId[]): FakeAccount {
  const fake = new FakeAccount();
  for (const stack of stacks) fake.states.set(stateKey(environmentOf(preset), stack), madeFrom(preset));
  return fake;
}

const pipelineOf = (fake: FakeAccount, preset: string, overrides: Partial<Pipeline> = {}): Pipeline =>
  fakePipeline(fake, { environment: environmentOf(preset), ...overrides });

const check = (pipeline: Pipeline, command: StepCommand | 'status'): Promise<void> =>
  preflight(pipeline, command === 'status' ? statusNeeds : commandSteps(pipeline, command).needs, never);

const pairs = presetNames.flatMap((made) =>
  presetNames.filter((named) => named !== made).map((named) => ({ made, named })),
);

describe.each(pairs)('an environment of $made', ({ made, named }) => {
  const stages: readonly (readonly [string, readonly StackId[]])[] = [
    ['bootstrapped only', ['state']],
    ['with its first stack', ['state', 'network']],
    ['deployed', environmentStackIds(environmentOf(made))],
  ];

  test.each(stages)(`%s is refused by every command of ${named}`, async (_, stacks) => {
    for (const command of commands) {
      const fake = accountOf(made, stacks);
      const error = await rejection(check(pipelineOf(fake, named), command));
      expect(error).toMatchObject({ code: 'TL-PIPE-PRESET', kind: 'refused' });
      expect(error.message).toContain(`was made from another preset than ${named}`);
      expect(error.message).toContain(`--preset ${made},`);
      expect(fake.acts).toEqual([]);
    }
  });

  test(`whose bootstrap was stopped is refused by bootstrap of ${named}`, async () => {
    const fake = new FakeAccount();
    fake.bucket = false;
    fake.localState = madeFrom(made);
    const error = await rejection(
      check(pipelineOf(fake, named), { name: 'bootstrap', withState: 'keep-state' }),
    );
    expect(error).toMatchObject({ code: 'TL-PIPE-PRESET' });
  });
});

test.each(presetNames)('an environment of %s is accepted by every command of that preset', async (preset) => {
  for (const command of commands) {
    const fake = accountOf(preset, environmentStackIds(environmentOf(preset)));
    await expect(check(pipelineOf(fake, preset), command)).resolves.toBeUndefined();
  }
});

test('an environment that was destroyed keeps its preset', async () => {
  const fake = accountOf('load-driven', ['state']);
  fake.states.set(stateKey(environmentOf('load-driven'), 'network'), {
    resources: 0,
    managed: [],
    outputs: {},
  });
  await expect(
    check(pipelineOf(fake, 'flash-sale'), { name: 'init', withState: 'keep-state' }),
  ).rejects.toThrow('TL-PIPE-PRESET');
});

describe('a conversion that is asked for', () => {
  const asked = { convertPreset: true };
  const convert = (fake: FakeAccount, name: StepCommand['name']) =>
    check(pipelineOf(fake, 'load-driven', asked), { name, withState: 'keep-state' });
  const deployed = (): FakeAccount => accountOf('fargate-alb', ['state', 'network', 'registry', 'service']);

  test.each(['bootstrap', 'plan'] as const)('is accepted by %s', async (name) => {
    await expect(convert(deployed(), name)).resolves.toBeUndefined();
  });

  test.each(['init', 'deploy', 'destroy'] as const)('waits for the bootstrap before %s', async (name) => {
    const { message } = await rejection(convert(deployed(), name));
    expect(message).toMatch(
      /TL-PIPE-PRESET .*conversion begins with the bootstrap.*bootstrap --preset test --convert-preset/,
    );
    const fake = deployed();
    fake.states.set('tideline/dev/state.tfstate', madeFrom('load-driven'));
    await expect(convert(fake, name)).resolves.toBeUndefined();
    // Until every stack is converted, each command needs to be asked.
    await expect(check(pipelineOf(fake, 'load-driven'), { name, withState: 'keep-state' })).rejects.toThrow(
      /TL-PIPE-PRESET.*network: fargate-alb, registry: fargate-alb, service: fargate-alb/,
    );
  });

  test('leaves no stack behind that the new preset has no use for', async () => {
    const fake = deployed();
    fake.states.set('tideline/dev/data.tfstate', madeFrom('fargate-alb'));
    const error = await rejection(convert(fake, 'bootstrap'));
    expect(error).toBeInstanceOf(PipelineError);
    expect(error.message).toMatch(
      /load-driven has no use for what stack data holds \(3 resources\). Destroy the environment with --preset fargate-alb first/,
    );
  });
});
