import type { Environment } from '../environment.ts';
import { shippedImage } from './container-schema.ts';

/** What runs a task on one machine. */
export type RuntimeKindName = 'backend' | 'command' | 'container';

/** What decides which program an environment runs. */
export type ProgramSettings = Pick<Environment, 'container' | 'local'>;

/** What runs a task on one machine: the backend that is shipped here, a command, or the image. */
export function runtimeKindOf({ container, local }: ProgramSettings): RuntimeKindName | null {
  if (local.command !== null) return 'command';
  if (local.container) return 'container';
  return container.image === shippedImage && container.build === null ? 'backend' : null;
}

/** Whether the description is of the backend that is shipped here, and not of a program of the user’s. */
export const isShippedBackend = (settings: ProgramSettings): boolean => runtimeKindOf(settings) === 'backend';

/** How a container is confined. */
export interface Confinement {
  /** Null is the image’s own user. */
  readonly user: string | null;
  readonly readOnlyRootFilesystem: boolean;
  readonly dropCapabilities: readonly string[];
}

/** As the description says; where it is silent, tightly for the shipped backend, and as the image expects for another. */
export function confinement(settings: ProgramSettings): Confinement {
  const { user, readOnlyRootFilesystem, linux } = settings.container;
  const shipped = isShippedBackend(settings);
  return {
    user: user ?? (shipped ? '1000:1000' : null),
    readOnlyRootFilesystem: readOnlyRootFilesystem ?? shipped,
    dropCapabilities: linux.dropCapabilities ?? (shipped ? ['ALL'] : []),
  };
}

/** Secrets by the service that keeps them. */
export function secretArns(
  { container }: Pick<Environment, 'container'>,
  service: 'secretsmanager' | 'ssm',
): readonly string[] {
  return [...new Set(Object.values(container.secrets))].filter((arn) => arn.split(':')[2] === service);
}

/** The image that is named and that no deploy builds; null where one is built. */
export const namedImage = ({ container }: Pick<Environment, 'container'>): string | null =>
  container.build === null && container.image !== shippedImage ? container.image : null;

/** Whether there is an image for AWS: named, built from a description, or that of the backend that is shipped here. */
export const hasImage = (settings: ProgramSettings): boolean =>
  isShippedBackend(settings) || settings.container.build !== null || namedImage(settings) !== null;
