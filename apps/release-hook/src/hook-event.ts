import * as z from 'zod';

const schema = z.object({
  DeploymentId: z.string().min(1),
  LifecycleEventHookExecutionId: z.string().min(1),
});

/** What CodeDeploy passes to a hook (CodeDeploy guide, AppSpec hooks section for an Amazon ECS deployment). */
export interface HookEvent {
  readonly deploymentId: string;
  readonly executionId: string;
}

/** @throws Error for an event of another sender, which no report could answer */
export function readEvent(event: unknown): HookEvent {
  const { DeploymentId, LifecycleEventHookExecutionId } = schema.parse(event);
  return { deploymentId: DeploymentId, executionId: LifecycleEventHookExecutionId };
}
