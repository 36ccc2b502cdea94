import { done, type Step } from './step.ts';
import { writeDeployRecord } from '../deployed/environment-state.ts';
import type { ImageResolver } from '../image/image-resolver.ts';
import type { Pipeline } from '../pipeline.ts';

/** Remembers what was deployed: the next deploy asks Nx what changed since. Only a deploy that answers comes this far. */
export const recordStep = (pipeline: Pipeline, resolver: ImageResolver, now: () => Date): Step => ({
  id: 'record',
  title: 'remember the commit and the images, for the next deploy to compare with',
  run: async ({ signal }) => {
    const { platform, baseImage } = pipeline.imageInputs;
    const commit = await pipeline.imageInputs.commit(signal);
    const images = await resolver.running();
    await writeDeployRecord(pipeline, {
      ...{ commit, deployedAt: now().toISOString() },
      ...{ platform, baseImage, images },
    });
    return done(commit ?? 'no clean commit: the next deploy compares contents');
  },
});
