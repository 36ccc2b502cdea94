import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The bundled programs that the twin starts. */
export interface Bundles {
  readonly backendFile: string;
  readonly loadRunnerFile: string;
}

/** A bundle is missing. */
export class MissingBundleError extends Error {
  override readonly name = 'MissingBundleError';
}

/** Finds the other programs’ bundles beside the twin’s own. @throws MissingBundleError */
export function findBundles(twinBundleUrl: string): Bundles {
  const bundle = (app: string): string => {
    const file = fileURLToPath(new URL(`../${app}/main.mjs`, twinBundleUrl));
    if (existsSync(file)) return file;
    throw new MissingBundleError(`${file} is missing; build it with: npx nx run-many -t build`);
  };
  return { backendFile: bundle('api'), loadRunnerFile: bundle('load-runner') };
}
