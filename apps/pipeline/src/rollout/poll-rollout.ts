import { outputsOf } from '../deployed/environment-state.ts';
import { PipelineError } from '../pipeline-error.ts';
import type { Pipeline } from '../pipeline.ts';
import { type Look, poll } from '../poll.ts';
import type { StepContext } from '../steps/step.ts';

/** Looks every 5 s until the rollout has ended, or the deadline for the steady state has passed. */
export const pollRollout = <Value>(
  { clock, steadyDeadlineMs }: Pipeline,
  context: StepContext,
  look: () => Promise<Look<Value>>,
): Promise<Look<Value>> => poll(look, { intervalMs: 5_000, deadlineMs: steadyDeadlineMs, clock, context });

/** The task definition that stack service asks for. @throws PipelineError TL-PIPE-ORDER where it describes instances */
export async function wantedTaskDefinition(pipeline: Pipeline): Promise<string> {
  const { taskDefinitionArn } = await outputsOf(pipeline, 'service');
  if (taskDefinitionArn !== null) return taskDefinitionArn;
  throw new PipelineError(
    'TL-PIPE-ORDER',
    'stack service was deployed for instances, and the description asks for tasks. Run step service first',
  );
}

/** The end of a message: what ECS said last; empty where it said nothing. */
export async function lastServiceEvents({ cloud }: Pipeline): Promise<string> {
  const events = ((await cloud.services.find())?.events ?? []).map((event) => `\n  ${event}`).join('');
  return events === '' ? '' : `\nLast events of the service:${events}`;
}
