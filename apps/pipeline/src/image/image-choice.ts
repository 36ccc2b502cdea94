/** Which image the environment is to run. */
export type ImageChoice =
  /** What runs already: nothing to build, no new task definition. */
  | { readonly kind: 'keep'; readonly image: string; readonly reason: string }
  /** Built before, in the registry. */
  | { readonly kind: 'use'; readonly image: string; readonly reason: string }
  | { readonly kind: 'build'; readonly tag: string; readonly reason: string };

/** Deploy looks for other content, init for another build of the same; a plan compares with what runs. */
export type ImageCommand = 'init' | 'deploy' | 'plan';

/** What is known when the choice is made; the later ones cost more, and are asked for only when needed. */
export interface ImageFacts {
  readonly command: ImageCommand;
  /** Image of the running task definition; null when there is none. */
  readonly running: string | null;
  /** Commit that was deployed last; null when none is known. */
  readonly base: string | null;
  /** Whether what runs is of that deployment, for this platform and from this base image. */
  readonly sameBuild: boolean;
  /** Null when it is not known. */
  readonly changedSince: (base: string) => Promise<boolean | null>;
  readonly tag: () => Promise<string>;
  /** `<repository>@<digest>` of a tag in the registry; null when it is not there. */
  readonly pushed: (tag: string) => Promise<string | null>;
}

/** Chooses the image: a running one is kept unless its inputs, its platform or its base image changed, and content that was pushed before is not built again. */
export async function chooseImage(facts: ImageFacts): Promise<ImageChoice> {
  const { running } = facts;
  if (running !== null) {
    const reason = await reasonToKeep(facts);
    if (reason !== null) return { kind: 'keep', image: running, reason };
  }
  const tag = await facts.tag();
  const pushed = await facts.pushed(tag);
  if (pushed === null) return { kind: 'build', tag, reason: `its content is new (${tag})` };
  if (pushed === running)
    return { kind: 'keep', image: running, reason: `its content is what runs (${tag})` };
  return { kind: 'use', image: pushed, reason: `its content was pushed before (${tag})` };
}

/** What decides about an image and is known without the registry: why what runs is kept, or the tag of its content. */
export async function foreseeImage(facts: Omit<ImageFacts, 'pushed'>): Promise<string> {
  const reason = facts.running === null ? null : await reasonToKeep(facts);
  return reason ?? `its content is ${await facts.tag()}`;
}

/** Why the running image is kept without a look at its content; null when its content decides. */
async function reasonToKeep({
  command,
  base,
  sameBuild,
  changedSince,
}: Omit<ImageFacts, 'pushed'>): Promise<string | null> {
  if (command === 'plan') return 'a plan compares with what runs';
  if (!sameBuild) return null;
  if (command === 'init') return 'a service exists; deploy brings it up to date';
  if (base === null || (await changedSince(base)) !== false) return null;
  return `no input changed since ${base.slice(0, 12)}`;
}
