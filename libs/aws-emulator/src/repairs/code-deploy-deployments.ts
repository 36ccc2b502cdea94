import * as z from 'zod';
import { type Repair } from '../gateway/repair.ts';
import { CodeDeployRelease } from './code-deploy-release.ts';
import {
  type CodeDeployAccount,
  codeDeployService as service,
  epochSeconds,
  groupKey,
  refusal,
  success,
} from './code-deploy.ts';
import type { ReleaseMemory } from './release-memory.ts';

const creation = z.looseObject({
  applicationName: z.string(),
  deploymentGroupName: z.string(),
  revision: z.object({
    revisionType: z.literal('AppSpecContent'),
    appSpecContent: z.object({ content: z.string() }),
  }),
});
const appSpec = z.object({
  Resources: z
    .array(
      z.object({
        TargetService: z.object({ Properties: z.object({ TaskDefinition: z.string() }) }),
      }),
    )
    .length(1),
});
const one = z.object({ deploymentId: z.string() });
const listing = z.object({
  applicationName: z.string(),
  deploymentGroupName: z.string(),
  includeOnlyStatuses: z.array(z.string()).optional(),
});

/** CodeDeploy’s deployments of an ECS service, which moto creates and never runs. */
export function deploymentRepairs(account: CodeDeployAccount, memory: ReleaseMemory): readonly Repair[] {
  const releases = new Map<string, CodeDeployRelease>();
  const keep = (release: CodeDeployRelease | undefined): void => {
    if (release !== undefined) releases.set(release.id, release);
  };
  const withRelease = (
    parameters: unknown,
    answer: (release: CodeDeployRelease) => ReturnType<Repair['answer']>,
  ): ReturnType<Repair['answer']> => {
    const { deploymentId } = one.parse(parameters);
    const release = releases.get(deploymentId);
    return release === undefined
      ? refusal('DeploymentDoesNotExistException', `The deployment ${deploymentId} could not be found`)
      : answer(release);
  };
  return [
    {
      service,
      operation: 'CreateDeployment',
      aws: 'starts a release of what an inline AppSpec names; refuses a second one in a group',
      answer: ({ parameters }) => {
        const parsed = creation.safeParse(parameters);
        if (!parsed.success) return refusal('InvalidRevisionException', 'The revision is no inline AppSpec');
        const { applicationName, deploymentGroupName, revision } = parsed.data;
        const group = account.groups.get(groupKey(applicationName, deploymentGroupName));
        if (group === undefined)
          return refusal('DeploymentGroupDoesNotExistException', `No group ${deploymentGroupName}`);
        const active = [...releases.values()].find((release) => release.group === group && !release.isOver);
        if (active !== undefined)
          return refusal(
            'DeploymentLimitExceededException',
            `The Deployment Group '${deploymentGroupName}' already has an active Deployment '${active.id}'`,
          );
        const content = appSpec.parse(JSON.parse(revision.appSpecContent.content));
        const taskDefinition = content.Resources[0]?.TargetService.Properties.TaskDefinition ?? '';
        const release = new CodeDeployRelease({ group, taskDefinition, revision, memory });
        keep(release);
        account.lastAttempted.set(groupKey(applicationName, deploymentGroupName), release.id);
        return success({ deploymentId: release.id });
      },
    },
    {
      service,
      operation: 'GetDeployment',
      aws: 'how far a deployment is; here one event further each time',
      answer: ({ parameters }) =>
        withRelease(parameters, (release) => {
          keep(release.advance());
          return success({ deploymentInfo: describeRelease(release) });
        }),
    },
    {
      service,
      operation: 'ListDeployments',
      aws: 'ids of a group’s deployments, latest first',
      answer: ({ parameters }) => {
        const { applicationName, deploymentGroupName, includeOnlyStatuses } = listing.parse(parameters);
        const group = account.groups.get(groupKey(applicationName, deploymentGroupName));
        const deployments = [...releases.values()]
          .filter((release) => release.group === group)
          .filter(({ status }) => includeOnlyStatuses?.includes(status) ?? true)
          .map(({ id }) => id);
        return success({ deployments: deployments.reverse() });
      },
    },
    {
      service,
      operation: 'StopDeployment',
      aws: 'stops a release, and rolls it back',
      answer: ({ parameters }) =>
        withRelease(parameters, (release) => {
          if (release.isOver) return refusal('DeploymentAlreadyCompletedException', `${release.id} is over`);
          keep(release.stop('MANUAL_STOP', 'The deployment was stopped by a user'));
          return success({ status: 'Pending', statusMessage: 'Deployment is stopping' });
        }),
    },
    {
      service,
      operation: 'ListDeploymentTargets',
      aws: 'the one service of a deployment',
      answer: ({ parameters }) =>
        withRelease(parameters, (release) => success({ targetIds: [targetOf(release)] })),
    },
    {
      service,
      operation: 'BatchGetDeploymentTargets',
      aws: 'the events of a deployment, and its two task sets with their traffic',
      answer: ({ parameters }) =>
        withRelease(parameters, (release) =>
          success({
            deploymentTargets: [
              {
                deploymentTargetType: 'ECSTarget',
                ecsTarget: {
                  deploymentId: release.id,
                  targetId: targetOf(release),
                  lastUpdatedAt: epochSeconds(),
                  lifecycleEvents: release.events(),
                  status: release.isOver && release.status !== 'Succeeded' ? 'Failed' : release.status,
                  taskSetsInfo: release.taskSets(),
                },
              },
            ],
          }),
        ),
    },
  ];
}

const targetOf = ({ group }: CodeDeployRelease): string => {
  const [service] = group.ecsServices;
  return `${service?.clusterName ?? ''}:${service?.serviceName ?? ''}`;
};

const describeRelease = (release: CodeDeployRelease) => ({
  applicationName: release.group.applicationName,
  deploymentGroupName: release.group.deploymentGroupName,
  deploymentConfigName: release.group.deploymentConfigName,
  deploymentId: release.id,
  status: release.status,
  createTime: release.createTime,
  completeTime: release.completeTime,
  revision: release.revision,
  computePlatform: 'ECS',
  errorInformation: release.error,
  rollbackInfo: release.rollback ?? {},
});
