import type { Environment } from '@tideline/config';
import { PipelineError } from '../pipeline-error.ts';
import { type Observation, poll } from '../poll.ts';
import { done, type Step, type StepContext } from '../steps/step.ts';
import { outputsOf } from '../deployed/environment-state.ts';
import type { Pipeline } from '../pipeline.ts';
import { type RolloutProgress, hasFormerRollout, rolloutProgress } from './rollout-progress.ts';
import { shortName } from './short-name.ts';

const intervalMs = 5_000;

/** Watches the service until every task of the new task definition runs; when ECS gives up, until it has rolled back. */
export const steadyStep = (pipeline: Pipeline): Step => ({
  id: 'steady',
  title: `wait until the service is steady, for ${pipeline.steadyDeadlineMs / 1000} s at most; verify the rollback if it fails`,
  run: async (context) => {
    const { taskDefinitionArn } = await outputsOf(pipeline, 'service');
    if (taskDefinitionArn === null)
      throw new PipelineError(
        'TL-PIPE-ORDER',
        'stack service was deployed for instances, and the description asks for tasks. Run step service first',
      );
    const ended = await watch(pipeline, taskDefinitionArn, context);
    if (ended.done && ended.value.kind === 'steady') return done(`runs ${shortName(taskDefinitionArn)}`);
    throw new PipelineError('TL-PIPE-ROLLOUT', await explain(pipeline, ended));
  },
});

type Ended = Exclude<RolloutProgress, { kind: 'under-way' }>;

function watch(
  { cloud, clock, environment, steadyDeadlineMs }: Pipeline,
  taskDefinition: string,
  { signal, say }: StepContext,
): Promise<Observation<Ended>> {
  // ECS may list the former rollout no more by the time at which it gives up on the new one.
  let seenFormer = false;
  const look = async (): Promise<Observation<Ended>> => {
    const service = await cloud.services.find();
    if (service === null) return { done: false, waitingFor: 'the service to exist' };
    seenFormer ||= hasFormerRollout(service);
    const progress = rolloutProgress(service, taskDefinition);
    if (progress.kind === 'under-way') return { done: false, waitingFor: progress.waitingFor };
    if (progress.kind === 'failed' && isAwaited(progress, seenFormer && rollsBack(environment)))
      return { done: false, waitingFor: `the rollback; the rollout failed: ${progress.reason}` };
    return { done: true, value: progress };
  };
  return poll(look, { intervalMs, deadlineMs: steadyDeadlineMs, clock, signal, onWaiting: say });
}

/** Whether the rollback of a failed rollout is still to end; one that has not begun comes only where it can. */
const isAwaited = ({ rollback }: Extract<Ended, { readonly kind: 'failed' }>, canGoBack: boolean): boolean =>
  rollback === 'under-way' || (rollback === 'not-begun' && canGoBack);

const rollsBack = ({ deployment: { circuitBreaker } }: Environment): boolean =>
  circuitBreaker.enabled && circuitBreaker.rollback;

async function explain(
  { cloud, environment, steadyDeadlineMs }: Pipeline,
  ended: Observation<Ended>,
): Promise<string> {
  const service = await cloud.services.find();
  const events = (service?.events ?? []).map((event) => `\n  ${event}`).join('');
  const last = events === '' ? '' : `\nLast events of the service:${events}`;
  if (ended.done && ended.value.kind === 'failed') {
    const now = afterwards(ended.value.rollback, environment, shortName(service?.taskDefinition ?? ''));
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
