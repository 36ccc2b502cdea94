import {
  type Deployment,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  type Service,
} from '@aws-sdk/client-ecs';
import type { ClientSettings } from './client-settings.ts';

/** One rollout of an ECS service. */
export interface Rollout {
  readonly primary: boolean;
  readonly taskDefinition: string;
  /** IN_PROGRESS, COMPLETED or FAILED; COMPLETED where ECS does not tell. */
  readonly state: string;
  readonly reason: string;
  readonly failedTasks: number;
}

/** An ECS service as it stands. */
export interface ServiceState {
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  readonly taskDefinition: string;
  readonly rollouts: readonly Rollout[];
  /** Latest first. */
  readonly events: readonly string[];
}

/** The environment’s ECS service. */
export interface ServiceDirectory {
  /** Null when there is no such service, or it is being deleted. */
  find(): Promise<ServiceState | null>;
  /** Image of a container of a task definition; null when it has no such container. */
  image(taskDefinition: string, container: string): Promise<string | null>;
}

const eventsKept = 5;

export function ecsServiceDirectory(
  settings: ClientSettings,
  { cluster, service }: { readonly cluster: string; readonly service: string },
): ServiceDirectory {
  const client = new ECSClient(settings);
  return {
    find: async () => {
      try {
        const { services = [] } = await client.send(
          new DescribeServicesCommand({ cluster, services: [service] }),
        );
        const found = services.find(({ status }) => status === 'ACTIVE');
        return found === undefined ? null : serviceState(found);
      } catch (error) {
        if (error instanceof Error && error.name === 'ClusterNotFoundException') return null;
        throw error;
      }
    },
    image: async (taskDefinition, container) => {
      const { taskDefinition: definition } = await client.send(
        new DescribeTaskDefinitionCommand({ taskDefinition }),
      );
      return definition?.containerDefinitions?.find(({ name }) => name === container)?.image ?? null;
    },
  };
}

const serviceState = (service: Service): ServiceState => ({
  desired: service.desiredCount ?? 0,
  running: service.runningCount ?? 0,
  pending: service.pendingCount ?? 0,
  taskDefinition: service.taskDefinition ?? '',
  rollouts: (service.deployments ?? []).map(rollout),
  events: (service.events ?? []).slice(0, eventsKept).map(({ message = '' }) => message),
});

const rollout = (deployment: Deployment): Rollout => ({
  primary: deployment.status === 'PRIMARY',
  taskDefinition: deployment.taskDefinition ?? '',
  state: deployment.rolloutState ?? 'COMPLETED',
  reason: deployment.rolloutStateReason ?? '',
  failedTasks: deployment.failedTasks ?? 0,
});
