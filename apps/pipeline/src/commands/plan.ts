import { environmentStackIds } from '@tideline/config';
import { done, type Step } from '../steps/step.ts';
import { ImageResolver } from '../image/image-resolver.ts';
import { runningService } from '../deployed/running-service.ts';
import type { Pipeline } from '../pipeline.ts';
import { describeChange } from '../steps/stack-steps.ts';

/** Compares every stack with what runs, and changes nothing. */
export function planSteps(pipeline: Pipeline): readonly Step[] {
  // The image that runs stays out of the comparison: whether it changes is for deploy to find out.
  const resolver = new ImageResolver(pipeline, 'plan');
  const stacks = environmentStackIds(pipeline.environment).filter((stack) => stack !== 'state');
  return stacks.map((stack) => ({
    id: stack,
    title: `compare stack ${stack} with what is deployed`,
    after: [],
    run: async (context) => {
      await pipeline.stacks.synthesize({}, context);
      const runs = stack === 'service' && (await runningService(pipeline)) !== null;
      const images = runs ? await resolver.images(context) : {};
      const { resources, knownAfter, ...change } = await pipeline.stacks.plan(stack, { ...context, images });
      if (knownAfter.length > 0)
        return done(`known after ${knownAfter.join(' and ')}: it reads values that are not there yet`);
      return done([describeChange(change), ...resources].join('\n  '));
    },
  }));
}
