import { type StackId, environmentStackIds, stackIds, stackNeeds } from '@tideline/config';
import { PipelineError } from '../pipeline-error.ts';
import type { StackChange, StackImages } from '../stacks/stack-tool.ts';
import { done, skipped, type Step, type StepContext } from './step.ts';
import { stackState } from '../deployed/environment-state.ts';
import type { Pipeline } from '../pipeline.ts';

const contents: Readonly<Record<StackId, string>> = {
  state: 'state bucket, lock table, deploy role',
  network: 'VPC, subnets, endpoints, security groups',
  registry: 'image repositories',
  data: 'session store, secrets, bucket of uploaded files',
  service: 'balancer, cluster, task definitions or launch template, service or group',
  ingress: 'HTTP API, VPC link, access log',
  autoscaling: 'scalable target of tasks, policies',
  observability: 'dashboard, alarms, topic',
};

export const describeChange = ({ added, changed, destroyed }: StackChange): string =>
  added + changed + destroyed === 0
    ? 'nothing to change'
    : `${added} added, ${changed} changed, ${destroyed} destroyed`;

export interface ApplyOptions {
  /** Steps to wait for, beside the stacks that it needs. */
  readonly after: readonly string[];
  /** @default none */
  readonly images?: (context: StepContext) => Promise<StackImages>;
}

/**
 * Applies a stack, once those that it needs are there. Terraform does what is missing, and nothing when nothing is. A stack
 * that the environment has no use for is skipped.
 */
export const applyStep = (
  { stacks, environment }: Pipeline,
  stack: StackId,
  { after, images = () => Promise.resolve({}) }: ApplyOptions,
): Step => ({
  id: stack,
  title: `apply stack ${stack}: ${contents[stack]}`,
  after: [...after, ...stackNeeds[stack]],
  run: async (context) => {
    if (!environmentStackIds(environment).includes(stack))
      return skipped('this environment has no use for it');
    const run = { ...context, images: await images(context) };
    await stacks.synthesize({}, run);
    return done(describeChange(await stacks.apply(stack, run)));
  },
});

/** Destroys a stack, once those that need it are gone; one that holds nothing is left alone. */
export const destroyStep = (pipeline: Pipeline, stack: StackId, after: readonly string[] = []): Step => ({
  id: stack,
  title: `destroy stack ${stack}: ${contents[stack]}`,
  after: [...after, ...stackIds.filter((other) => stackNeeds[other].includes(stack))],
  run: async (context) => {
    const state = await stackState(pipeline, stack);
    if (state === null || state.resources === 0) return skipped('holds nothing');
    if (!environmentStackIds(pipeline.environment).includes(stack))
      throw new PipelineError(
        'TL-PIPE-USAGE',
        `stack ${stack} holds ${state.resources} resources, and the description has no use for it. Destroy with the settings that it was deployed with`,
      );
    await pipeline.stacks.synthesize({}, context);
    const change = await pipeline.stacks.destroy(stack, context);
    const left = (await stackState(pipeline, stack))?.resources ?? 0;
    if (left > 0)
      throw new PipelineError(
        'TL-PIPE-STACK',
        `Terraform ended well, and ${left} resources of stack ${stack} are left in its state`,
      );
    return done(describeChange(change));
  },
});
