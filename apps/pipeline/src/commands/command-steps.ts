import { type StackId, stackIds } from '@tideline/config';
import type { PreflightNeeds } from '../preflight/preflight.ts';
import type { Step } from '../steps/step.ts';
import { bootstrapSteps } from './bootstrap.ts';
import { deploySteps, initSteps } from './deploy.ts';
import { destroySteps } from './destroy.ts';
import type { Pipeline } from '../pipeline.ts';
import { planSteps } from './plan.ts';
import { smokeStep } from '../steps/smoke-step.ts';

/** The steps of a command, and what has to be right before the first of them. */
export interface CommandSteps {
  readonly steps: readonly Step[];
  readonly needs: PreflightNeeds;
}

export interface StepCommand {
  readonly name: 'bootstrap' | 'init' | 'deploy' | 'destroy' | 'plan' | 'smoke';
  readonly withState: 'keep-state' | 'with-state';
}

/** What has to be right before a status is asked for. */
export const statusNeeds: PreflightNeeds = {
  terraform: 'not-needed',
  stacks: [],
  stateBucket: 'optional',
  preset: 'bootstrapped',
  rights: 'not-needed',
  zones: 'not-needed',
};

/** What each command comes to. */
export function commandSteps(pipeline: Pipeline, { name, withState }: StepCommand): CommandSteps {
  const stacks: readonly StackId[] = stackIds.filter((stack) => stack !== 'state');
  const terraform = 'needed';
  const deploying = {
    terraform,
    stateBucket: 'needed',
    preset: 'bootstrapped',
    rights: 'needed',
    zones: 'needed',
  } as const;
  /** It only takes away: what it takes away is there. */
  const destroying = { ...deploying, zones: 'not-needed' } as const;
  switch (name) {
    case 'bootstrap':
      return {
        steps: bootstrapSteps(pipeline),
        needs: {
          ...{ terraform, stacks: ['state'], lock: 'may-change', stateBucket: 'optional' },
          ...{ preset: 'any', rights: 'not-needed', zones: 'needed' },
        },
      };
    case 'init':
      return { steps: initSteps(pipeline), needs: { ...deploying, stacks } };
    case 'deploy':
      return { steps: deploySteps(pipeline), needs: { ...deploying, stacks } };
    case 'destroy':
      return {
        steps: destroySteps(pipeline, withState),
        needs:
          withState === 'with-state'
            ? // A run that was stopped at its last step may have deleted it.
              { ...destroying, stacks: stackIds, stateBucket: 'optional', rights: 'not-needed' }
            : { ...destroying, stacks },
      };
    case 'plan':
      // Terraform compares without a lock: a plan may run during another deploy.
      return { steps: planSteps(pipeline), needs: { ...deploying, stacks: [], preset: 'any' } };
    case 'smoke':
      return {
        steps: [smokeStep(pipeline)],
        needs: { ...destroying, terraform: 'not-needed', stacks: [], rights: 'not-needed' },
      };
  }
}
