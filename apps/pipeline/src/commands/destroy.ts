import { type Environment, resourceNames, stackIds } from '@tideline/config';
import { PipelineError } from '../pipeline-error.ts';
import type { StackChange } from '../stacks/stack-tool.ts';
import { done, skipped, type Step, type StepContext } from '../steps/step.ts';
import { keepsItsOwnState, findOutputs } from '../deployed/environment-state.ts';
import type { Pipeline } from '../pipeline.ts';
import { describeChange, destroyStep } from '../steps/stack-steps.ts';

/** Takes the environment down, last stack first. The state stays, with the states of empty stacks, unless the user asks for it to go. */
export const destroySteps = (pipeline: Pipeline, withState: 'keep-state' | 'with-state'): readonly Step[] => [
  destroyStep(pipeline, 'observability'),
  destroyStep(pipeline, 'autoscaling'),
  destroyStep(pipeline, 'ingress'),
  balancerStep(pipeline),
  destroyStep(pipeline, 'service', ['balancer']),
  filesStep(pipeline),
  destroyStep(pipeline, 'data', ['files']),
  emptyImages(pipeline),
  destroyStep(pipeline, 'registry', ['images']),
  destroyStep(pipeline, 'network'),
  ...(withState === 'with-state' ? [destroyState(pipeline)] : []),
];

const emptyImages = ({ cloud, environment }: Pipeline): Step => {
  const { appRepository, loadRunnerRepository } = resourceNames(environment);
  const repositories = [appRepository, loadRunnerRepository];
  return {
    id: 'images',
    title: `delete every image in ${repositories.join(' and ')}`,
    after: ['service'],
    run: async () => {
      let deleted = 0;
      for (const repository of repositories) deleted += await cloud.images.empty(repository);
      return deleted === 0 ? skipped('there are none') : done(`${deleted} deleted`);
    },
  };
};

/** The state cannot be kept in the bucket that is being destroyed: it becomes a file first, from which a run that was stopped goes on. */
const destroyState = (pipeline: Pipeline): Step => ({
  id: 'state',
  title:
    'destroy stack state: its state becomes a file, the bucket is emptied with every version, protection is let go',
  after: stackIds.filter((stack) => stack !== 'state'),
  run: async (context) => {
    const { cloud, stacks } = pipeline;
    const unprotected = (await keepsItsOwnState(pipeline)) ? await moveStateOut(pipeline, context) : null;
    const inBucket = await cloud.state.exists();
    if (unprotected === null && (await stacks.localState()) === null) {
      if (!inBucket) return skipped('holds nothing');
      throw new PipelineError('TL-PIPE-ORDER', stateIsNowhere);
    }
    if (unprotected === null)
      await stacks.synthesize({ unprotectState: true, stateBackend: 'local' }, context);
    const objects = inBucket ? await cloud.state.empty() : 0;
    const change = await stacks.destroy('state', context);
    await stacks.forgetLocalState();
    const first =
      unprotected === null ? 'taken up from its file' : `${unprotected.changed} unprotected first`;
    return done(`${describeChange(change)}; ${objects} object versions deleted; ${first}`);
  },
});

const stateIsNowhere =
  'the state bucket is there, and the state of stack state is neither in it nor in a file here: a destroy that was stopped has it as a file where it ran. Go on there, or delete the bucket and its lock table by hand';

/** Lets go of what protects the state, and makes a file of it. */
async function moveStateOut({ stacks }: Pipeline, context: StepContext): Promise<StackChange> {
  await stacks.synthesize({ unprotectState: true }, context);
  const change = await stacks.apply('state', context);
  await stacks.synthesize({ unprotectState: true, stateBackend: 'local' }, context);
  await stacks.migrate('state', context);
  return change;
}

/** Turns off what would keep the balancer, once the description says so: nothing of its stack is deleted before. */
export const balancerStep = (pipeline: Pipeline): Step => ({
  id: 'balancer',
  title: 'let go of the balancer’s deletion protection, where protection.loadBalancer allows it',
  after: [],
  run: async () => {
    requireBalancerToGo(pipeline.environment);
    const outputs = await findOutputs(pipeline, 'service');
    if (outputs === null) return skipped('there is none');
    return (await pipeline.cloud.balancers.unprotect(outputs.loadBalancerArn))
      ? done('it was on')
      : skipped('it is off');
  },
});

/** @throws PipelineError TL-PIPE-PROTECTED when the description protects the balancer */
export function requireBalancerToGo(environment: Environment): void {
  if (!environment.protection.loadBalancer) return;
  throw new PipelineError(
    'TL-PIPE-PROTECTED',
    `protection.loadBalancer keeps ${resourceNames(environment).loadBalancer} from being deleted. Set it to false to let it go, then destroy (--set protection.loadBalancer=false)`,
  );
}

/** Deletes what users have uploaded, since a bucket goes only when it is empty; refuses while it is protected. */
export const filesStep = (pipeline: Pipeline): Step => ({
  id: 'files',
  title: 'delete every uploaded file, where protection.files allows it',
  after: ['service'],
  run: async () => {
    const bucket = await requireFilesToGo(pipeline);
    if (bucket === null) return skipped('there are none');
    const deleted = await pipeline.cloud.files.empty(bucket);
    return deleted === 0 ? skipped('there are none') : done(`${deleted} deleted`);
  },
});

/**
 * The bucket that a destroy has to empty; null when there is nothing to delete.
 * @throws PipelineError TL-PIPE-PROTECTED when it holds files that the description protects
 */
export async function requireFilesToGo(pipeline: Pipeline): Promise<string | null> {
  const { cloud, environment } = pipeline;
  const bucket = (await findOutputs(pipeline, 'data'))?.uploadsBucketName ?? null;
  if (bucket === null || !(await cloud.files.holdsAny(bucket))) return null;
  if (!environment.protection.files) return bucket;
  throw new PipelineError(
    'TL-PIPE-PROTECTED',
    `protection.files keeps the uploaded files in ${bucket} from being deleted. Set it to false to lose them, then destroy`,
  );
}
