import { codeDeployRelease } from '@tideline/config';
import { PipelineError } from '../pipeline-error.ts';
import type { Pipeline } from '../pipeline.ts';

/**
 * Id of the release of this task definition that is under way, which a deploy that was interrupted left behind; null when
 * none is.
 * @throws PipelineError TL-PIPE-RELEASE-RUNNING when one of something else is under way
 */
export async function requireNoOtherRelease(
  { cloud }: Pipeline,
  taskDefinition: string | null,
): Promise<string | null> {
  const id = await cloud.releases.active();
  if (id === null) return null;
  const active = await cloud.releases.get(id);
  if (taskDefinition !== null && active.taskDefinition === taskDefinition) return id;
  const what = active.taskDefinition ?? 'something that the pipeline did not start';
  throw new PipelineError(
    'TL-PIPE-RELEASE-RUNNING',
    `release ${id} of ${what} is under way since ${active.startedAt}, and CodeDeploy makes one at a time. Wait until status shows its end, or stop it and roll it back: aws deploy stop-deployment --deployment-id ${id} --auto-rollback-enabled`,
  );
}

/** @throws PipelineError TL-PIPE-RELEASE-RUNNING when any release is under way */
export async function requireNoRelease(pipeline: Pipeline): Promise<void> {
  if (codeDeployRelease(pipeline.environment) !== null) await requireNoOtherRelease(pipeline, null);
}
