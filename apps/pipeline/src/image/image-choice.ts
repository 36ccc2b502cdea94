/** Which image the environment is to run. */
export type ImageChoice =
  /** What runs already: nothing to build, no new task definition. */
  | { readonly kind: 'keep'; readonly image: string; readonly reason: string }
  /** Built before, in the registry. */
  | { readonly kind: 'use'; readonly image: string; readonly reason: string }
  | { readonly kind: 'build'; readonly tag: string; readonly reason: string };

/** What is known when the choice is made; the later ones cost more, and are asked for only when needed. */
export interface ImageFacts {
  readonly command: 'init' | 'deploy';
  /** Image of the running task definition; null when there is none. */
  readonly running: string | null;
  /** Commit that was deployed last; null when none is known. */
  readonly base: string | null;
  /** Null when it cannot be told. */
  readonly changedSince: (base: string) => Promise<boolean | null>;
  readonly tag: () => Promise<string>;
  /** `<repository>@<digest>` of a tag in the registry; null when it is not there. */
  readonly pushed: (tag: string) => Promise<string | null>;
}

/** Chooses the image: a running one is kept unless its inputs changed, and content that was pushed before is not built again. */
export async function chooseImage(facts: ImageFacts): Promise<ImageChoice> {
  const { command, running, base } = facts;
  if (running !== null && command === 'init')
    return { kind: 'keep', image: running, reason: 'a service exists; deploy brings it up to date' };
  if (running !== null && base !== null && (await facts.changedSince(base)) === false)
    return { kind: 'keep', image: running, reason: `no input changed since ${base.slice(0, 12)}` };
  const tag = await facts.tag();
  const pushed = await facts.pushed(tag);
  if (pushed === null) return { kind: 'build', tag, reason: `its content is new (${tag})` };
  if (pushed === running)
    return { kind: 'keep', image: running, reason: `its content is what runs (${tag})` };
  return { kind: 'use', image: pushed, reason: `its content was pushed before (${tag})` };
}
