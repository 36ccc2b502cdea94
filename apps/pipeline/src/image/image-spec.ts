import { type Environment, resourceNames } from '@tideline/config';

/** An image that the environment runs. */
export interface ImageSpec {
  /** The app in it: its folder under `apps`, and its Nx project. */
  readonly app: 'api' | 'load-runner';
  /** Name of its ECR repository. */
  readonly repository: string;
  /** Output of the registry stack with the URL of the repository. */
  readonly urlOutput: 'appRepositoryUrl' | 'loadRunnerRepositoryUrl';
  /** Output of the service stack with the task definition that runs it. */
  readonly taskDefinitionOutput: 'taskDefinitionArn' | 'loadRunnerTaskDefinitionArn';
}

/** The images of an environment: of each app that has a Dockerfile. */
export function imageSpecs(
  environment: Environment,
  hasDockerfile: (app: ImageSpec['app']) => boolean,
): readonly ImageSpec[] {
  const names = resourceNames(environment);
  const all: readonly ImageSpec[] = [
    {
      app: 'api',
      repository: names.appRepository,
      urlOutput: 'appRepositoryUrl',
      taskDefinitionOutput: 'taskDefinitionArn',
    },
    {
      app: 'load-runner',
      repository: names.loadRunnerRepository,
      urlOutput: 'loadRunnerRepositoryUrl',
      taskDefinitionOutput: 'loadRunnerTaskDefinitionArn',
    },
  ];
  return all.filter(({ app }) => hasDockerfile(app));
}
