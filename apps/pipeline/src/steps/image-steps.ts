import type { ImageResolver } from '../image/image-resolver.ts';
import type { Pipeline } from '../pipeline.ts';
import { done, type Step, skipped } from './step.ts';

/** Compares what images are made from with what runs, beside the first stacks: only the images themselves wait for the registry. */
export const inputsStep = ({ images }: Pipeline, resolver: ImageResolver): Step => ({
  id: 'inputs',
  after: ['check-service'],
  title: `see what ${images.map(({ app }) => app).join(' and ')} are made from, and what of it changed`,
  run: async (context) => {
    const details: string[] = [];
    for (const spec of images) details.push(`${spec.app}: ${await resolver.foresee(spec, context)}`);
    return done(details.join('; '));
  },
});

/** Builds and pushes the images that are needed and not there. */
export const imageStep = ({ images }: Pipeline, resolver: ImageResolver): Step => ({
  id: 'image',
  after: ['registry', 'inputs'],
  title: `build and push ${images.map(({ app }) => app).join(' and ')}, only what is needed and not in the registry`,
  run: async (context) => {
    const details: string[] = [];
    let built = false;
    for (const spec of images) {
      const choice = await resolver.choose(spec, context);
      if (choice.kind === 'build') {
        const image = await resolver.build(spec, { tag: choice.tag, run: context });
        built = true;
        details.push(`${spec.app}: pushed ${image}, because ${choice.reason}`);
      } else {
        details.push(`${spec.app}: ${choice.reason}`);
      }
    }
    return built ? done(details.join('; ')) : skipped(details.join('; '));
  },
});
