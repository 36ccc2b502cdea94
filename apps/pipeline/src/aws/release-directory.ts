import {
  BatchGetDeploymentTargetsCommand,
  CodeDeployClient,
  CreateDeploymentCommand,
  type DeploymentInfo,
  type DeploymentTarget,
  GetDeploymentCommand,
  GetDeploymentGroupCommand,
  ListDeploymentTargetsCommand,
  ListDeploymentsCommand,
  StopDeploymentCommand,
} from '@aws-sdk/client-codedeploy';
import { PipelineError } from '../pipeline-error.ts';
import { type AppSpecTarget, appSpec, releasedTaskDefinition } from './app-spec.ts';
import { unlessAbsent } from './aws-problem.ts';
import type { ClientSettings } from './client-settings.ts';

/** Errors where nothing has been set up to release by. */
const absent = ['ApplicationDoesNotExistException', 'DeploymentGroupDoesNotExistException'];

/** One event of a release’s lifecycle, such as `Install`, as CodeDeploy names it. */
interface ReleaseEvent {
  readonly name: string;
  /** Pending, InProgress, Succeeded, Failed, Skipped or Unknown. */
  readonly status: string;
}

/** How much of the traffic one of the two task sets has. */
export interface TrafficShare {
  /** `blue` is what ran before, `green` what is being released, whichever target group each is in. */
  readonly label: 'blue' | 'green';
  readonly targetGroup: string;
  readonly percent: number;
}

/** One CodeDeploy deployment of the service. */
export interface ReleaseState {
  readonly id: string;
  /** As AWS names it: Created, Queued, InProgress, Baking, Ready, Succeeded, Failed or Stopped. */
  readonly status: string;
  /** Null where the AppSpec is none of the pipeline’s. */
  readonly taskDefinition: string | null;
  /** Why it failed; null where it did not. */
  readonly error: string | null;
  readonly events: readonly ReleaseEvent[];
  readonly traffic: readonly TrafficShare[];
  /** The old tasks wait to be stopped: the bake time. */
  readonly isBaking: boolean;
  /** Deployment that takes this one back; null where there is none. */
  readonly rollbackId: string | null;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** The service’s releases by CodeDeploy. */
export interface ReleaseDirectory {
  /** Id of the release that is under way, else of the last one; null when there never was any, or no deployment group. */
  latest(): Promise<string | null>;
  /** Id of the release that is under way. */
  active(): Promise<string | null>;
  get(id: string): Promise<ReleaseState>;
  /** @returns the id. @throws PipelineError TL-PIPE-RELEASE-RUNNING when another one is under way */
  start(target: AppSpecTarget): Promise<string>;
  /** Stops a release and takes it back. */
  stop(id: string): Promise<void>;
}

const unfinished = ['Created', 'Queued', 'InProgress', 'Baking', 'Ready'] as const;

export function codeDeployReleases(
  settings: ClientSettings,
  { application, group }: { readonly application: string; readonly group: string },
): ReleaseDirectory {
  const client = new CodeDeployClient(settings);
  const names = { applicationName: application, deploymentGroupName: group };
  const active = async (): Promise<string | null> =>
    unlessAbsent(absent, async () => {
      const { deployments = [] } = await client.send(
        new ListDeploymentsCommand({ ...names, includeOnlyStatuses: [...unfinished] }),
      );
      return deployments[0] ?? null;
    });
  return {
    active,
    latest: async () =>
      (await active()) ??
      (await unlessAbsent(absent, async () => {
        const { deploymentGroupInfo } = await client.send(new GetDeploymentGroupCommand(names));
        return deploymentGroupInfo?.lastAttemptedDeployment?.deploymentId ?? null;
      })),
    get: async (id) => {
      const { deploymentInfo } = await client.send(new GetDeploymentCommand({ deploymentId: id }));
      return releaseState(id, deploymentInfo ?? {}, await targets(client, id));
    },
    start: async (target) => {
      try {
        const { deploymentId = '' } = await client.send(
          new CreateDeploymentCommand({
            ...names,
            revision: { revisionType: 'AppSpecContent', appSpecContent: { content: appSpec(target) } },
          }),
        );
        return deploymentId;
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'DeploymentLimitExceededException') throw error;
        throw new PipelineError('TL-PIPE-RELEASE-RUNNING', `CodeDeploy refuses a release: ${error.message}`, {
          cause: error,
        });
      }
    },
    stop: async (id) => {
      await client.send(new StopDeploymentCommand({ deploymentId: id, autoRollbackEnabled: true }));
    },
  };
}

/** An ECS deployment has one target: the service. None is there in its first moments. */
async function targets(client: CodeDeployClient, deploymentId: string): Promise<readonly DeploymentTarget[]> {
  const { targetIds = [] } = await client.send(new ListDeploymentTargetsCommand({ deploymentId }));
  if (targetIds.length === 0) return [];
  const { deploymentTargets = [] } = await client.send(
    new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds }),
  );
  return deploymentTargets;
}

function releaseState(id: string, info: DeploymentInfo, [target]: readonly DeploymentTarget[]): ReleaseState {
  const { errorInformation: problem, rollbackInfo } = info;
  const { lifecycleEvents = [], taskSetsInfo = [] } = target?.ecsTarget ?? {};
  return {
    id,
    status: info.status ?? 'Created',
    taskDefinition: releasedTaskDefinition(info.revision?.appSpecContent?.content),
    error: problem === undefined ? null : `${problem.code ?? ''}: ${problem.message ?? ''}`,
    events: lifecycleEvents.map(({ lifecycleEventName: name = '', status = 'Unknown' }) => ({
      name,
      status,
    })),
    traffic: taskSetsInfo.map(({ taskSetLabel, targetGroup, trafficWeight = 0 }) => ({
      label: taskSetLabel === 'Green' ? 'green' : 'blue',
      targetGroup: targetGroup?.name ?? '',
      percent: trafficWeight,
    })),
    isBaking: info.instanceTerminationWaitTimeStarted ?? false,
    rollbackId: rollbackInfo?.rollbackDeploymentId ?? null,
    startedAt: info.createTime?.toISOString() ?? '',
  };
}
