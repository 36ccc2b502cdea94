import { capacityFacts, codeDeployRelease, resourceNames } from '@tideline/config';
import { PipelineError } from '../pipeline-error.ts';
import { done, type Step } from '../steps/step.ts';
import { findOutputs, writeDeployRecord } from '../deployed/environment-state.ts';
import { ImageResolver } from '../image/image-resolver.ts';
import { runningService } from '../deployed/running-service.ts';
import type { Pipeline } from '../pipeline.ts';
import { imageStep, inputsStep } from '../steps/image-steps.ts';
import { smokeStep } from '../steps/smoke-step.ts';
import { applyStep } from '../steps/stack-steps.ts';
import { releaseStep } from '../rollout/release-step.ts';
import { requireNoOtherRelease } from '../rollout/other-release.ts';
import { refreshStep } from '../rollout/refresh-step.ts';
import { steadyStep } from '../rollout/steady-step.ts';

/** From an account with a state bucket to a running service. Safe to run again: it takes up where it ended. */
export const initSteps = (pipeline: Pipeline): readonly Step[] => [
  {
    id: 'check-service',
    title: 'see whether the service exists',
    run: async () => {
      const service = await runningService(pipeline);
      return done(
        service === null
          ? 'no service yet: its image is built'
          : 'it exists: its image is kept where platform and base image are the same, the rest is brought up to date',
      );
    },
  },
  ...rollOut(pipeline, 'init'),
];

/** Brings a running service up to date: what is as it should be stays as it is. */
export const deploySteps = (pipeline: Pipeline): readonly Step[] => [
  {
    id: 'check-service',
    title: 'see that there is a service to deploy to',
    run: async () => {
      const service = await runningService(pipeline);
      const name = resourceNames(pipeline.environment).service;
      if (service === null)
        throw new PipelineError(
          'TL-PIPE-NO-SERVICE',
          `there is no service ${name}. Run init first (tideline deploy --first)`,
        );
      // Known before anything is built: whatever the service stack comes to, CodeDeploy would refuse to release it now.
      const underWay = await releaseUnderWay(pipeline);
      const release = underWay === null ? '' : `; release ${underWay} is under way, and is taken up`;
      return done(`${service.running} of ${service.desired} ${service.unit} running${release}`);
    },
  },
  ...rollOut(pipeline, 'deploy'),
];

/** The release that an interrupted deploy has left behind. @throws PipelineError TL-PIPE-RELEASE-RUNNING for any other */
async function releaseUnderWay(pipeline: Pipeline): Promise<string | null> {
  if (codeDeployRelease(pipeline.environment) === null) return null;
  const outputs = await findOutputs(pipeline, 'service');
  return requireNoOtherRelease(pipeline, outputs?.taskDefinitionArn ?? null);
}

/** How what the service stack describes comes to run. */
function rolloutStep(pipeline: Pipeline): Step {
  const { instanceRefresh } = capacityFacts(pipeline.environment);
  if (instanceRefresh !== null) return refreshStep(pipeline, instanceRefresh);
  const release = codeDeployRelease(pipeline.environment);
  return release === null ? steadyStep(pipeline) : releaseStep(pipeline, release);
}

function rollOut(pipeline: Pipeline, command: 'init' | 'deploy'): readonly Step[] {
  const resolver = new ImageResolver(pipeline, command);
  const rollout = rolloutStep(pipeline);
  return [
    inputsStep(pipeline, resolver),
    applyStep(pipeline, 'network', { after: ['check-service'] }),
    applyStep(pipeline, 'registry', { after: ['check-service'] }),
    applyStep(pipeline, 'data', { after: [] }),
    imageStep(pipeline, resolver),
    applyStep(pipeline, 'service', { after: ['image'], images: (context) => resolver.images(context) }),
    { ...rollout, after: ['service'] },
    applyStep(pipeline, 'ingress', { after: [] }),
    // The policies of a revision that does not come up must not move the one that runs.
    applyStep(pipeline, 'autoscaling', { after: [rollout.id] }),
    applyStep(pipeline, 'observability', { after: [] }),
    { ...smokeStep(pipeline), after: [rollout.id, 'ingress', 'observability'] },
    recordStep(pipeline, resolver, () => new Date()),
  ];
}

/** Remembers what was deployed: the next deploy asks Nx what changed since. Only a deploy that answers comes this far. */
const recordStep = (pipeline: Pipeline, resolver: ImageResolver, now: () => Date): Step => ({
  id: 'record',
  title: 'remember the commit and the images, for the next deploy to compare with',
  run: async ({ signal }) => {
    const { platform, baseImage } = pipeline.imageInputs;
    const commit = await pipeline.imageInputs.commit(signal);
    const images = await resolver.running();
    await writeDeployRecord(pipeline, {
      ...{ commit, deployedAt: now().toISOString(), preset: pipeline.environment.preset },
      ...{ platform, baseImage, images },
    });
    return done(commit ?? 'no clean commit: the next deploy compares contents');
  },
});
