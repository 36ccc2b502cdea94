import { CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand } from '@aws-sdk/client-codedeploy';
import type { HookStatus } from './handle-release.ts';
import type { HookEvent } from './hook-event.ts';

/** Reports the outcome of a hook; one that has been reported before, by a run that Lambda repeats, stays. */
export async function reportToCodeDeploy(
  { deploymentId, executionId }: HookEvent,
  status: HookStatus,
): Promise<void> {
  try {
    await new CodeDeployClient({}).send(
      new PutLifecycleEventHookExecutionStatusCommand({
        deploymentId,
        lifecycleEventHookExecutionId: executionId,
        status,
      }),
    );
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'LifecycleEventAlreadyCompletedException') throw error;
  }
}
