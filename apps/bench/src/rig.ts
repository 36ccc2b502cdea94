import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LoadTool } from './load/load-tool.ts';
import type { ChildPool } from './process/child-pool.ts';
import { MeasurementError } from './outcome.ts';
import type { Settings } from './settings.ts';

type AppName = 'api' | 'bench' | 'load-runner' | 'twin';

/** What every measurement works with. */
export interface Rig {
  readonly settings: Settings;
  readonly children: ChildPool;
  /** Aborted once the benchmark is to end. */
  readonly signal: AbortSignal;
  readonly loadTool: LoadTool;
  /** Removed at the end. */
  readonly temporaryFolder: string;
  /** Where programs are looked for, as the environment variable PATH has it. */
  readonly searchPath: string;
  /** Path of an app’s bundled program. @throws MeasurementError when it is missing */
  readonly bundle: (app: AppName) => string;
  /** Reports what goes on to the user. */
  readonly progress: (text: string) => void;
}

/** Finds bundles beside the benchmark’s own. */
export const bundlesBeside =
  (ownBundleUrl: string): Rig['bundle'] =>
  (app) => {
    const file = fileURLToPath(new URL(`../${app}/main.mjs`, ownBundleUrl));
    if (existsSync(file)) return file;
    throw new MeasurementError(`${file} is missing; build it with: node tools/bundle.mjs apps/${app}`);
  };
