import {
  type Deployment,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  type Service,
  type TaskDefinition,
  type TaskSet,
} from '@aws-sdk/client-ecs';
import { isDeepStrictEqual } from 'node:util';
import { unlessAbsent } from './aws-problem.ts';
import type { ClientSettings } from './client-settings.ts';

/** One rollout of an ECS service. */
export interface Rollout {
  readonly primary: boolean;
  readonly taskDefinition: string;
  /** IN_PROGRESS, COMPLETED or FAILED; COMPLETED where ECS does not say. */
  readonly state: string;
  readonly reason: string;
  readonly failedTasks: number;
}

/** Tasks of one task definition behind one target group, in a service that CodeDeploy releases. */
interface TaskSetState {
  /** It has the traffic. */
  readonly primary: boolean;
  readonly taskDefinition: string;
  readonly desired: number;
  readonly running: number;
  /** As many tasks run as are wanted, and all of them are well. */
  readonly steady: boolean;
}

/** An ECS service as it is now. */
export interface ServiceState {
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  /** That of the tasks with the traffic, where CodeDeploy releases. */
  readonly taskDefinition: string;
  /** None where ECS itself makes the rollouts. */
  readonly taskSets: readonly TaskSetState[];
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
  /** Whether two task definitions ask for the same, whatever their revisions. */
  sameContent(one: string, other: string): Promise<boolean>;
}

const eventsKept = 5;

export function ecsServiceDirectory(
  settings: ClientSettings,
  { cluster, service }: { readonly cluster: string; readonly service: string },
): ServiceDirectory {
  const client = new ECSClient(settings);
  const describe = async (taskDefinition: string): Promise<TaskDefinition> => {
    const found = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
    return found.taskDefinition ?? {};
  };
  return {
    find: () =>
      unlessAbsent(['ClusterNotFoundException'], async () => {
        const { services = [] } = await client.send(
          new DescribeServicesCommand({ cluster, services: [service] }),
        );
        const found = services.find(({ status }) => status === 'ACTIVE');
        return found === undefined ? null : serviceState(found);
      }),
    sameContent: async (one, other) => {
      if (one === other) return true;
      const [first, second] = await Promise.all([describe(one), describe(other)]);
      return isDeepStrictEqual(content(first), content(second));
    },
    image: async (taskDefinition, container) => {
      const { containerDefinitions = [] } = await describe(taskDefinition);
      return containerDefinitions.find(({ name }) => name === container)?.image ?? null;
    },
  };
}

function serviceState(service: Service): ServiceState {
  const taskSets = (service.taskSets ?? []).map(taskSet);
  return {
    desired: service.desiredCount ?? 0,
    running: service.runningCount ?? 0,
    pending: service.pendingCount ?? 0,
    taskDefinition: taskSets.find(({ primary }) => primary)?.taskDefinition ?? service.taskDefinition ?? '',
    taskSets,
    rollouts: (service.deployments ?? []).map(rollout),
    events: (service.events ?? []).slice(0, eventsKept).map(({ message = '' }) => message),
  };
}

const taskSet = (found: TaskSet): TaskSetState => ({
  primary: found.status === 'PRIMARY',
  taskDefinition: found.taskDefinition ?? '',
  desired: found.computedDesiredCount ?? 0,
  running: found.runningCount ?? 0,
  steady: found.stabilityStatus === 'STEADY_STATE',
});

/** What a task definition asks for: not which revision it is, nor who registered it when. */
function content(found: TaskDefinition): TaskDefinition {
  const { containerDefinitions, cpu, memory, networkMode, runtimePlatform, volumes } = found;
  const { executionRoleArn, taskRoleArn, requiresCompatibilities } = found;
  return {
    ...{ containerDefinitions, cpu, memory, networkMode, runtimePlatform, volumes },
    ...{ executionRoleArn, taskRoleArn, requiresCompatibilities },
  };
}

const rollout = (deployment: Deployment): Rollout => ({
  primary: deployment.status === 'PRIMARY',
  taskDefinition: deployment.taskDefinition ?? '',
  state: deployment.rolloutState ?? 'COMPLETED',
  reason: deployment.rolloutStateReason ?? '',
  failedTasks: deployment.failedTasks ?? 0,
});
