import type { RegistryLogin } from '../aws/image-registry.ts';
import type { StackRun } from '../stacks/stack-tool.ts';
import type { ImageSpec } from './image-spec.ts';

export interface ImageBuild {
  readonly app: ImageSpec['app'];
  /** `<repository>:<tag>`. */
  readonly reference: string;
  /** Such as `linux/amd64`. */
  readonly platform: string;
  /** Null: the one that the Dockerfile names. */
  readonly baseImage: string | null;
  readonly login: RegistryLogin;
}

/** Builds images from bundled apps, and pushes them. */
export interface ImageTool {
  /** @throws PipelineError TL-PIPE-ENGINE when none works here, TL-PIPE-IMAGE when it fails */
  buildAndPush(build: ImageBuild, run: StackRun): Promise<void>;
}
