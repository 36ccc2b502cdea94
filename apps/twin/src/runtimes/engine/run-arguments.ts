import { type Environment, programShare, confinement } from '@tideline/config';
import { mostCpus } from '../cpu/most-cpus.ts';

/** What the container of one task is started with. */
export interface ContainerStart {
  readonly environment: Environment;
  readonly image: string;
  readonly name: string;
  /** Label by which the containers of this twin are found. */
  readonly label: string;
  /** Port of the loopback interface that leads to the container’s. */
  readonly hostPort: number;
  /** No secrets: a command line can be read by others. */
  readonly variables: Readonly<Record<string, string>>;
  /** Names of variables whose values the engine takes from its own environment. */
  readonly secretNames: readonly string[];
}

/** The arguments of `docker run`, which podman takes as well. */
export function runArguments(start: ContainerStart): readonly string[] {
  const { environment, image, name, label, hostPort, variables, secretNames } = start;
  const { container } = environment;
  const { user, readOnlyRootFilesystem, dropCapabilities } = confinement(environment);
  const { openFiles, initProcessEnabled } = container.linux;
  const [entry, ...entryArguments] = container.entryPoint ?? [];
  return [
    ...['run', '--rm', '--name', name, '--label', label],
    ...['--publish', `127.0.0.1:${hostPort}:${container.port}`],
    ...['--cpus', String(mostCpus(environment)), '--memory', `${programShare(environment).memoryMiB}m`],
    ...(user === null ? [] : ['--user', user]),
    ...(readOnlyRootFilesystem ? ['--read-only'] : []),
    ...dropCapabilities.flatMap((capability) => ['--cap-drop', capability]),
    ...(initProcessEnabled ? ['--init'] : []),
    ...(openFiles === null ? [] : ['--ulimit', `nofile=${openFiles}:${openFiles}`]),
    ...Object.entries(variables).flatMap(([variable, value]) => ['--env', `${variable}=${value}`]),
    ...secretNames.flatMap((variable) => ['--env', variable]),
    ...(entry === undefined ? [] : ['--entrypoint', entry]),
    image,
    ...entryArguments,
    ...(container.command ?? []),
  ];
}
