import type { Environment } from '@tideline/config';
import { PipelineError } from '../pipeline-error.ts';
import type { Look } from '../poll.ts';
import { done, type Step, type StepContext } from '../steps/step.ts';
import type { Pipeline } from '../pipeline.ts';
import { lastServiceEvents, pollRollout, wantedTaskDefinition } from './poll-rollout.ts';
import { type RolloutProgress, hasFormerRollout, rolloutProgress } from './rollout-progress.ts';
import { shortName } from '../deployed/running-service.ts';

/** Watches the service until every task of the new task definition runs; when ECS gives up, until it has rolled back. */
export const steadyStep = (pipeline: Pipeline): Step => ({
  id: 'steady',
  title: `wait until the service is steady, for ${pipeline.steadyDeadlineMs / 1000} s at most; verify the rollback if it fails`,
  run: async (context) => {
    const wanted = await wantedTaskDefinition(pipeline);
    const ended = await watch(pipeline, wanted, context);
    if (ended.done && ended.value.kind === 'steady') return done(`runs ${shortName(wanted)}`);
    throw new PipelineError('TL-PIPE-ROLLOUT', await explain(pipeline, ended));
  },
});

type Ended = Exclude<RolloutProgress, { kind: 'under-way' }>;

function watch(pipeline: Pipeline, taskDefinition: string, context: StepContext): Promise<Look<Ended>> {
  // ECS may list the former rollout no more by the time at which it gives up on the new one.
  let seenFormer = false;
  const look = async (): Promise<Look<Ended>> => {
    const service = await pipeline.cloud.services.find();
    if (service === null) return { done: false, waitingFor: 'the service to exist' };
    seenFormer ||= hasFormerRollout(service);
    const progress = rolloutProgress(service, taskDefinition);
    if (progress.kind === 'under-way') return { done: false, waitingFor: progress.waitingFor };
    if (progress.kind === 'failed' && isAwaited(progress, seenFormer && rollsBack(pipeline.environment)))
      return { done: false, waitingFor: `the rollback; the rollout failed: ${progress.reason}` };
    return { done: true, value: progress };
  };
  return pollRollout(pipeline, context, look);
}

/** Whether the rollback of a failed rollout is still to end; one that has not begun comes only where it can. */
const isAwaited = ({ rollback }: Extract<Ended, { readonly kind: 'failed' }>, canGoBack: boolean): boolean =>
  rollback === 'under-way' || (rollback === 'not-begun' && canGoBack);

const rollsBack = ({ deployment: { circuitBreaker } }: Environment): boolean =>
  circuitBreaker.enabled && circuitBreaker.rollback;

async function explain(pipeline: Pipeline, ended: Look<Ended>): Promise<string> {
  const { cloud, environment, steadyDeadlineMs } = pipeline;
  const last = await lastServiceEvents(pipeline);
  if (ended.done && ended.value.kind === 'failed') {
    const runs = (await cloud.services.find())?.taskDefinition ?? '';
    const now = afterwards(ended.value.rollback, environment, shortName(runs));
    return `the rollout failed (${ended.value.reason}); ${now}. Correct the change, then deploy again${last}`;
  }
  const waitingFor = ended.done ? '' : ended.waitingFor;
  const breaker = rollsBack(environment)
    ? 'ECS rolls back on its own once its circuit breaker opens'
    : `Nothing brings the former task definition back: ${noRollback}`;
  return `the service is not steady after ${steadyDeadlineMs / 1000} s: still waiting for ${waitingFor}. ${breaker}${last}`;
}

const noRollback = 'its circuit breaker does not roll back (deployment.circuitBreaker)';

/** What is left of the service once nothing more is to come. */
function afterwards(
  rollback: Extract<Ended, { readonly kind: 'failed' }>['rollback'],
  environment: Environment,
  runs: string,
): string {
  if (rollback === 'done') return `the service is back on ${runs} and steady`;
  if (rollback === 'failed') return `so did the rollback to ${runs}`;
  return `there is nothing to go back to: ${rollsBack(environment) ? 'no earlier rollout runs' : noRollback}`;
}
