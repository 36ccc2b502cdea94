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

/** What each command comes to. */
export function commandSteps(pipeline: Pipeline, { name, withState }: StepCommand): CommandSteps {
  const stacks: readonly StackId[] = stackIds.filter((stack) => stack !== 'state');
  const terraform = 'needed';
  const zones = 'needed';
  switch (name) {
    case 'bootstrap':
      return {
        steps: bootstrapSteps(pipeline),
        needs: { terraform, stacks: ['state'], stateBucket: 'optional', zones },
      };
    case 'init':
      return { steps: initSteps(pipeline), needs: { terraform, stacks, stateBucket: 'needed', zones } };
    case 'deploy':
      return { steps: deploySteps(pipeline), needs: { terraform, stacks, stateBucket: 'needed', zones } };
    case 'destroy':
      return {
        steps: destroySteps(pipeline, withState),
        needs:
          withState === 'with-state'
            ? // A run that was stopped at its last step may have deleted it.
              { terraform, stacks: stackIds, stateBucket: 'optional', zones: 'not-needed' }
            : { terraform, stacks, stateBucket: 'needed', zones: 'not-needed' },
      };
    case 'plan':
      // Terraform compares without a lock: a plan may run during another deploy.
      return { steps: planSteps(pipeline), needs: { terraform, stacks: [], stateBucket: 'needed', zones } };
    case 'smoke':
      return {
        steps: [smokeStep(pipeline)],
        needs: { terraform: 'not-needed', stacks: [], stateBucket: 'needed', zones: 'not-needed' },
      };
  }
}
