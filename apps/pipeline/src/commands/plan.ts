import { type StackId, environmentStackIds } from '@tideline/config';
import { done, skipped, type Step } from '../steps/step.ts';
import { stackState } from '../deployed/environment-state.ts';
import { ImageResolver } from '../image/image-resolver.ts';
import { runningService } from '../deployed/running-service.ts';
import type { Pipeline } from '../pipeline.ts';
import { describeChange } from '../steps/stack-steps.ts';

/** Compares every stack with what runs, and changes nothing. */
export function planSteps(pipeline: Pipeline): readonly Step[] {
  // The image that runs stays out of the comparison: whether it changes is for deploy to find out.
  const resolver = new ImageResolver(pipeline, 'plan');
  const isDeployed = async (stack: StackId): Promise<boolean> =>
    ((await stackState(pipeline, stack))?.resources ?? 0) > 0;
  const stacks = environmentStackIds(pipeline.environment).filter((stack) => stack !== 'state');
  return stacks.map((stack, index) => ({
    id: stack,
    title: `compare stack ${stack} with what is deployed`,
    run: async (context) => {
      const before = stacks[index - 1];
      if (before !== undefined && !(await isDeployed(before)))
        return skipped(`stack ${before} is not deployed, and this one builds on it`);
      const serviceExists = (await runningService(pipeline)) !== null;
      await pipeline.stacks.synthesize(serviceExists ? await resolver.facts(context) : {}, context);
      const { resources, ...change } = await pipeline.stacks.plan(stack, context);
      return done([describeChange(change), ...resources].join('\n  '));
    },
  }));
}
