import { resourceNames } from '@tideline/config';
import { done, skipped, type Step } from '../steps/step.ts';
import type { Pipeline } from './pipeline.ts';
import { filesStep } from './files-step.ts';
import { describeChange, destroyStep } from './stack-steps.ts';

/** Takes the environment down, last stack first. The state stays, with the states of empty stacks, unless told. */
export const destroySteps = (pipeline: Pipeline, withState: 'keep-state' | 'with-state'): readonly Step[] => [
  destroyStep(pipeline, 'observability'),
  destroyStep(pipeline, 'autoscaling'),
  destroyStep(pipeline, 'ingress'),
  destroyStep(pipeline, 'service'),
  filesStep(pipeline),
  destroyStep(pipeline, 'data'),
  emptyImages(pipeline),
  destroyStep(pipeline, 'registry'),
  destroyStep(pipeline, 'network'),
  ...(withState === 'with-state' ? [destroyState(pipeline)] : []),
];

const emptyImages = ({ cloud, environment }: Pipeline): Step => {
  const { appRepository, loadRunnerRepository } = resourceNames(environment);
  const repositories = [appRepository, loadRunnerRepository];
  return {
    id: 'images',
    title: `delete every image in ${repositories.join(' and ')}`,
    run: async () => {
      let deleted = 0;
      for (const repository of repositories) deleted += await cloud.images.empty(repository);
      return deleted === 0 ? skipped('there are none') : done(`${deleted} deleted`);
    },
  };
};

/** The state cannot be kept in the bucket that is being destroyed: it becomes a file first. */
const destroyState = ({ cloud, stacks }: Pipeline): Step => ({
  id: 'state',
  title:
    'destroy stack state: its state becomes a file, the bucket is emptied with every version, protection is let go',
  run: async (context) => {
    if (!(await cloud.state.exists())) return skipped('holds nothing');
    await stacks.synthesize({ unprotectState: true }, context);
    const unprotected = await stacks.apply('state', context);
    await stacks.synthesize({ unprotectState: true, stateBackend: 'local' }, context);
    await stacks.migrate('state', context);
    const objects = await cloud.state.empty();
    const change = await stacks.destroy('state', context);
    await stacks.forgetLocalState();
    return done(
      `${describeChange(change)}; ${objects} object versions deleted; ${unprotected.changed} unprotected first`,
    );
  },
});
