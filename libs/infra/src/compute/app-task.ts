import { resourceNames } from '@tideline/config';
import type { Construct } from 'constructs';
import { createLogGroup } from '../ground/log-group.ts';
import type { BackendProps } from './backend.ts';
import { ownRepositoryArns } from './collector.ts';
import { type ContainerDefinition, appContainer, collectorContainer } from './container-definitions.ts';
import { type TaskRoles, appTaskRoles } from './task-roles.ts';

export interface AppTaskProps extends Pick<
  BackendProps,
  'context' | 'repository' | 'stores' | 'permissionsBoundary'
> {
  /** Log group of the service’s container. */
  readonly log: { readonly name: string; readonly arn: string };
}

/** What a task of the backend runs, and what it may do. */
export interface AppTask {
  readonly roles: TaskRoles;
  readonly containers: readonly ContainerDefinition[];
}

/**
 * The backend’s task, wherever it runs: the service’s container, and beside it a collector where requests are traced.
 * @param rolesId construct of its roles
 */
export function appTask(
  scope: Construct,
  rolesId: string,
  { context, repository, stores, permissionsBoundary, log }: AppTaskProps,
): AppTask {
  const { environment } = context;
  const { region, observability } = environment;
  const { enabled, collectorImage: image } = observability.tracing;
  const name = resourceNames(environment).collectorLogGroup;
  const collectorLogs = enabled ? [createLogGroup(scope, 'collector-log', { environment, name })] : [];
  return {
    roles: appTaskRoles(scope, rolesId, {
      context,
      stores,
      permissionsBoundary,
      repositoryArns: [repository.arn, ...(enabled ? ownRepositoryArns(image) : [])],
      logGroupArns: [log, ...collectorLogs].map(({ arn }) => arn),
    }),
    containers: [
      appContainer(environment, {
        image: repository.image(scope, { variable: 'image', named: context.image }),
        log: { group: log.name, region },
        stores,
      }),
      ...collectorLogs.map(({ name: group }) =>
        collectorContainer(environment, { image, log: { group, region } }),
      ),
    ],
  };
}
