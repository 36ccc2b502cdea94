import type { DeployTrust, Environment } from '@tideline/config';
import type { Cloud } from './aws/cloud.ts';
import type { Clock } from './clock.ts';
import type { ImageInputs } from './image/image-inputs.ts';
import type { ImageSpec } from './image/image-spec.ts';
import type { ImageTool } from './image/container-engine.ts';
import type { StackTool } from './stacks/stack-tool.ts';

/** Everything that the steps work with; tests put fakes in its place. */
export interface Pipeline {
  readonly environment: Environment;
  readonly accountId: string;
  /** The repository whose workflows deploy; null where none was named. */
  readonly deployTrust: DeployTrust | null;
  readonly cloud: Cloud;
  readonly stacks: StackTool;
  readonly imageTool: ImageTool;
  readonly imageInputs: ImageInputs;
  readonly images: readonly ImageSpec[];
  /** What this run has built and pushed: images by digest, by app. */
  readonly builtImages: Map<string, string>;
  readonly probe: Probe;
  readonly clock: Clock;
  /** Commit to compare with. @default the one that was deployed last */
  readonly base: string | null;
  /** Where the smoke test looks. @default the service stack’s output */
  readonly url: string | null;
  readonly steadyDeadlineMs: number;
  readonly smokeDeadlineMs: number;
  /** The user asked to convert an environment that was made from another preset. */
  readonly convertPreset: boolean;
  /** What a person types to bootstrap the same environment. */
  readonly bootstrapCommand: string;
}

/** What one request came to. */
export type ProbeAnswer =
  { readonly status: number; readonly body: string } | { readonly unreachable: string };

/** Asks a URL once. Never throws for the network’s sake. */
export type Probe = (url: string, signal: AbortSignal) => Promise<ProbeAnswer>;
