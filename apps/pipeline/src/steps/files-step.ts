import { PipelineError } from '../pipeline-error.ts';
import { done, skipped, type Step } from './step.ts';
import { findOutputs } from '../deployed/environment-state.ts';
import type { Pipeline } from '../pipeline.ts';

/** Deletes what users have uploaded, since a bucket goes only when it is empty; refuses while it is protected. */
export const filesStep = (pipeline: Pipeline): Step => ({
  id: 'files',
  title: 'delete every uploaded file, where protection.files allows it',
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
