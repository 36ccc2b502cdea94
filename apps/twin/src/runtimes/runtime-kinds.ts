import { type RuntimeKindName, runtimeKindOf } from '@tideline/config';
import { UsageError } from '@tideline/process';
import type { OwnedRuntime } from '../tasks/task-runtime.ts';
import { BackendRuntime } from './backend-runtime.ts';
import { CommandRuntime } from './command-runtime.ts';
import { ContainerRuntime } from './container-runtime.ts';
import type { RuntimeParts } from './runtime-parts.ts';

/** Every kind. One without a runtime here does not compile. */
const kinds: Readonly<
  Record<RuntimeKindName, (parts: RuntimeParts) => OwnedRuntime | Promise<OwnedRuntime>>
> = {
  backend: (parts) => new BackendRuntime(parts),
  command: (parts) => new CommandRuntime(parts),
  container: (parts) => ContainerRuntime.open(parts),
};

/** What runs the tasks of a description on this machine. @throws UsageError where nothing can */
export async function createRuntime(parts: RuntimeParts): Promise<OwnedRuntime> {
  const { container } = parts.environment;
  const kind = runtimeKindOf(parts.environment);
  if (kind === null)
    throw new UsageError(
      'TL-TWIN-RUNTIME',
      `${container.build === null ? `container.image ${container.image}` : 'container.build'} says what a task is at AWS, and nothing says what it is on this machine. Set local.command to the command that starts the program, or local.container to true to run the image by docker or podman`,
    );
  return kinds[kind](parts);
}
