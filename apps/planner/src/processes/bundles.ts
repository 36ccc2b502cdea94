import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The bundled programs that the planner starts. */
export interface Bundles {
  readonly twinFile: string;
  readonly loadRunnerFile: string;
}

/** A bundle is missing. */
export class MissingBundleError extends Error {
  override readonly name = 'MissingBundleError';
}

/** Finds the other programs’ bundles beside the planner’s own. @throws MissingBundleError */
export function findBundles(plannerBundleUrl: string): Bundles {
  const bundle = (app: string): string => {
    // The planner’s modules that are loaded on demand are files beside its main one.
    const file = fileURLToPath(new URL(`../${app}/main.mjs`, plannerBundleUrl));
    if (existsSync(file)) return file;
    throw new MissingBundleError(`${file} is missing; build it with: npx nx run-many -t build`);
  };
  return { twinFile: bundle('twin'), loadRunnerFile: bundle('load-runner') };
}
