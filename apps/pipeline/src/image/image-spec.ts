import { type Environment, namedImage, resourceNames } from '@tideline/config';

/** An image that the environment runs. */
export interface ImageSpec {
  /** The app in it: its folder under `apps`, and its Nx project. */
  readonly app: 'api' | 'load-runner';
  /** How it is built where it is a program of the user’s, from a folder; null: from the app’s bundle. */
  readonly build: Environment['container']['build'];
  /** Name of its ECR repository. */
  readonly repository: string;
  /** Output of the registry stack with the URL of the repository. */
  readonly urlOutput: 'appRepositoryUrl' | 'loadRunnerRepositoryUrl';
  /** Output of the service stack with the task definition that runs it. */
  readonly taskDefinitionOutput: 'taskDefinitionArn' | 'loadRunnerTaskDefinitionArn';
}

/** The images of an environment that a deploy builds: of the service, unless it runs one that exists, and of each app that has a Dockerfile. */
export function imageSpecs(
  environment: Environment,
  hasDockerfile: (app: ImageSpec['app']) => boolean,
): readonly ImageSpec[] {
  const names = resourceNames(environment);
  const all: readonly ImageSpec[] = [
    {
      app: 'api',
      build: environment.container.build,
      repository: names.appRepository,
      urlOutput: 'appRepositoryUrl',
      taskDefinitionOutput: 'taskDefinitionArn',
    },
    {
      app: 'load-runner',
      build: null,
      repository: names.loadRunnerRepository,
      urlOutput: 'loadRunnerRepositoryUrl',
      taskDefinitionOutput: 'loadRunnerTaskDefinitionArn',
    },
  ];
  return all.filter(({ app, build }) =>
    app === 'api' && namedImage(environment) !== null ? false : build !== null || hasDockerfile(app),
  );
}
