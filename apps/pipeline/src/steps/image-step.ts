import { done, skipped, type Step } from './step.ts';
import type { ImageResolver } from '../image/image-resolver.ts';
import type { Pipeline } from '../pipeline.ts';

/** Builds and pushes the images that are needed and not there. */
export const imageStep = ({ images }: Pipeline, resolver: ImageResolver): Step => ({
  id: 'image',
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
