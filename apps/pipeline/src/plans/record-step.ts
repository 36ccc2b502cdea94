import { done, type Step } from '../steps/step.ts';
import { writeDeployRecord } from './environment-state.ts';
import type { Pipeline } from './pipeline.ts';

/** Remembers what was deployed: the next deploy asks Nx what changed since. Only a deploy that answers comes this far. */
export const recordStep = (pipeline: Pipeline, now: () => Date): Step => ({
  id: 'record',
  title: 'remember the commit, for the next deploy to compare with',
  run: async ({ signal }) => {
    const commit = await pipeline.imageInputs.commit(signal);
    await writeDeployRecord(pipeline, { commit, deployedAt: now().toISOString() });
    return done(commit ?? 'no clean commit: the next deploy compares contents');
  },
});
